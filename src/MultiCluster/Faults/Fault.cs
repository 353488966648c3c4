using MultiCluster.Terminal;

namespace MultiCluster.Faults;

/// <summary>Why one cluster, or one object, failed. A value: it never holds a secret, its texts are fit for a terminal, and it may be kept and printed.</summary>
public sealed record Fault
{
    /// <summary>Where it failed.</summary>
    public required FaultPhase Phase { get; init; }

    /// <summary>What happened, without a full stop: <c>Forbidden (user "jane" cannot list resource "pods")</c>.</summary>
    public required string Detail { get; init => field = TerminalText.Visible(value); }

    /// <summary>What was tried, to be read after "cannot": <c>list pods in namespace web</c>.</summary>
    public string? Operation { get; init => field = TerminalText.VisibleOrNull(value); }

    /// <summary>What to do about it, as a sentence.</summary>
    public string? Advice { get; init => field = TerminalText.VisibleOrNull(value); }

    /// <summary>The cluster.</summary>
    public ClusterIdentity? Cluster { get; init; }

    /// <summary>The HTTP status, when the server answered.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The <see cref="Reason"/> of an answer of which a part is larger than may be read.</summary>
    internal const string TooLarge = "TooLarge";

    /// <summary>The reason in the server's Status object: <c>Forbidden</c>, <c>AlreadyExists</c>, <c>Expired</c>; for an exec plugin, the <c>CredentialProblem</c>: <c>MissingHelper</c>.</summary>
    public string? Reason { get; init => field = TerminalText.VisibleOrNull(value); }

    /// <summary>How long the server asked to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The token with which a list whose token has expired goes on at a later version (HTTP 410).</summary>
    internal string? Continue { get; init; }

    /// <summary>What the server's Status object gives as causes: which budget refused an eviction, that a namespace is terminating.</summary>
    internal IReadOnlyList<FaultCause> Causes { get; init; } = [];

    /// <summary>The beginning of the answer's body, when the request asked for it.</summary>
    internal string? Answer { get; init; }

    /// <summary>The exception behind it, if any: the inner one of a <see cref="FaultException"/>. ConvertTo-Json would write all that it leads to.</summary>
    internal Exception? Cause { get; init; }

    /// <summary>The whole sentence: cluster, what was tried, what happened.</summary>
    public string Message
    {
        get
        {
            var cluster = Cluster is null ? "" : $"{TerminalText.VisibleLine(Cluster.ClusterName)}: ";
            return Operation is null ? $"{cluster}{Detail}." : $"{cluster}cannot {Operation}: {Detail}.";
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Message;
}

/// <summary>One cause in a server's Status object (<c>StatusCause</c>).</summary>
/// <param name="Reason">The kind of cause: <c>DisruptionBudget</c>, <c>NamespaceTerminating</c>, <c>FieldValueInvalid</c>.</param>
/// <param name="Message">What the server says of it.</param>
/// <param name="Field">The field it is about: <c>metadata.uid</c>; empty when it is about none.</param>
internal readonly record struct FaultCause(string Reason, string Message, string Field = "");

/// <summary>A <see cref="Faults.Fault"/> on its way to the engine's edge.</summary>
public sealed class FaultException : Exception
{
    /// <summary>Wraps <paramref name="fault"/>.</summary>
    public FaultException(Fault fault)
        : base(fault.Message, fault.Cause) => Fault = fault;

    /// <summary>Wraps a fault made of its phase, what happened, and what to do.</summary>
    public FaultException(FaultPhase phase, string detail, string? advice = null, Exception? cause = null)
        : this(new Fault { Phase = phase, Detail = detail, Advice = advice, Cause = cause })
    {
    }

    /// <summary>The fault.</summary>
    public Fault Fault { get; }
}
