using MultiCluster.Attention;
using MultiCluster.Objects;
using MultiCluster.Tests.Objects.Kinds;

namespace MultiCluster.Tests.Attention;

/// <summary>One rule that looks at objects, at the time of <see cref="Sample.Now"/>.</summary>
internal static class RuleScan
{
    /// <summary>What it finds.</summary>
    public static IReadOnlyList<KubeFinding> Of(AttentionRule rule, params KubeObject[] items) => Of(rule, "v1.33.1", items);

    /// <summary>What it finds on a server of that version.</summary>
    public static IReadOnlyList<KubeFinding> Of(AttentionRule rule, string version, params KubeObject[] items)
    {
        var scan = new AttentionScan(Sample.Cluster, [rule], Sample.Now);
        foreach (var item in items)
            rule.Look(item, scan);
        scan.Conclude(version, null, null);
        return scan.Findings;
    }

    /// <summary>The one that it finds: how bad, about what, why.</summary>
    public static (FindingSeverity Severity, string Object, string Reason) One(AttentionRule rule, params KubeObject[] items)
    {
        var found = Assert.Single(Of(rule, items));
        return (found.Severity, found.Object, found.Reason);
    }

    /// <summary>A time before now, as objects have it.</summary>
    public static string Ago(TimeSpan span) => $"{(Sample.Now - span).UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}";

    /// <summary>Some minutes before now.</summary>
    public static string MinutesAgo(int minutes) => Ago(TimeSpan.FromMinutes(minutes));
}
