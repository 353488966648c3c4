using MultiCluster.Faults;

namespace MultiCluster.Api.Writes;

/// <summary>What a server said to an eviction.</summary>
internal enum EvictionVerdict
{
    /// <summary>The pod is being deleted.</summary>
    Accepted,

    /// <summary>The pod was gone, or another bears its name now.</summary>
    Gone,

    /// <summary>The pod's namespace is being deleted, and the pod with it: nothing has to be asked for.</summary>
    NamespaceTerminating,

    /// <summary>A budget does not allow it now (429).</summary>
    Budget,

    /// <summary>Two budgets select the pod: no eviction of it can succeed (500).</summary>
    TwoBudgets,

    /// <summary>Something that passes: the server is busy, could not be reached, or knows another version of the pod.</summary>
    Later,

    /// <summary>Asking again changes nothing.</summary>
    Refused,
}

/// <summary>What a server said to an eviction, and why.</summary>
/// <param name="Verdict">What it means.</param>
internal sealed record EvictionAnswer(EvictionVerdict Verdict)
{
    private const string BudgetCause = "DisruptionBudget";
    private const string BudgetBegin = "The disruption budget ";

    /// <summary>The budget that does not allow it, in the pod's namespace; null when no budget was named.</summary>
    public string? Budget { get; init; }

    /// <summary>The server's sentence: <c>The disruption budget web needs 2 healthy pods and has 2 currently</c>.</summary>
    public string? Sentence { get; init; }

    /// <summary>How long the server asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The refusal as a fault; null for what counts as success.</summary>
    public Fault? Fault { get; init; }

    /// <summary>Reads a refusal (apiserver <c>registry/core/pod/rest/eviction.go</c>).</summary>
    public static EvictionAnswer Of(Fault fault)
    {
        if (WriteFaults.IsGone(fault))
            return new(EvictionVerdict.Gone);
        if (WriteFaults.IsNamespaceTerminating(fault))
            return new(EvictionVerdict.NamespaceTerminating);
        if (fault.HttpStatus == 429 && fault.Causes.FirstOrDefault(static cause => cause.Reason == BudgetCause) is { Reason: not null } cause)
            return new(EvictionVerdict.Budget) { Budget = NameIn(cause.Message), Sentence = MessageText.OneLine(cause.Message), RetryAfter = fault.RetryAfter, Fault = fault };

        if (fault.HttpStatus == 500 && fault.Detail.Contains("more than one PodDisruptionBudget", StringComparison.Ordinal))
            return new(EvictionVerdict.TwoBudgets) { Sentence = "Two budgets select the pod, and a server evicts no such pod", Fault = fault };
        return new(WriteFaults.IsPassing(fault) ? EvictionVerdict.Later : EvictionVerdict.Refused) { RetryAfter = fault.RetryAfter, Fault = fault };
    }

    /// <summary>The budget's name stands in the cause's sentence alone.</summary>
    private static string? NameIn(string sentence)
    {
        if (!sentence.StartsWith(BudgetBegin, StringComparison.Ordinal))
            return null;
        var rest = sentence[BudgetBegin.Length..];
        var end = rest.IndexOf(' ', StringComparison.Ordinal);
        return end <= 0 ? null : rest[..end].Trim('"');
    }
}
