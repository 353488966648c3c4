using MultiCluster.Faults;
using MultiCluster.Terminal;

namespace MultiCluster.Inventory;

/// <summary>A kind that could not be read on a cluster, or not in all namespaces.</summary>
/// <param name="Resource">Its plural.</param>
/// <param name="Fault">Why.</param>
/// <param name="Namespaces">Where it could be read all the same; empty when it was read nowhere.</param>
internal sealed record UnseenKind(string Resource, Fault Fault, IReadOnlyList<string> Namespaces)
{
    /// <summary>True for a kind that many clusters do not have, and that may come and go.</summary>
    public bool IsOptional { get; init; }

    /// <summary>True where rights are missing, or the cluster does not serve the kind, or not well one that it could do without: nothing has failed.</summary>
    public bool IsExpected => IsOptional || Fault.Phase is FaultPhase.Forbidden or FaultPhase.KindNotFound;

    /// <summary><c>nodes (forbidden)</c>, <c>pods (only in web)</c>.</summary>
    public override string ToString() => TerminalText.VisibleLine($"{Resource} ({Why})");

    /// <summary>Many of them in a few words: <c>pods, nodes, deployments and 20 more (forbidden)</c>.</summary>
    /// <param name="unseen">Them, each as <see cref="ToString"/> writes it.</param>
    public static string Summary(IEnumerable<string> unseen) => string.Join("; ", unseen
        .Select(Parts)
        .GroupBy(static one => one.Why, static one => one.What, StringComparer.Ordinal)
        .Select(static group => group.Key.Length > 0 ? $"{NameList.Of([.. group])} ({group.Key})" : NameList.Of([.. group])));

    /// <summary>What <see cref="ToString"/> wrote, apart again.</summary>
    public static (string What, string Why) Parts(string unseen) =>
        unseen.IndexOf(" (", StringComparison.Ordinal) is var cut and > 0 ? (unseen[..cut], unseen[(cut + 2)..].TrimEnd(')')) : (unseen, "");

    private string Why => Namespaces.Count > 0
        ? $"only in {NameList.Of(Namespaces)}"
        : Fault.Phase switch
        {
            FaultPhase.Forbidden => "forbidden",
            FaultPhase.KindNotFound => "not served",
            FaultPhase.Timeout => "timed out",
            _ => "failed",
        };
}
