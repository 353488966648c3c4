using MultiCluster.Faults;
using MultiCluster.Terminal;

namespace MultiCluster.Module.Pipeline;

/// <summary>The clusters that one error is about. One object and no list: of a list PowerShell's error views show what its parts are made of, as it is.</summary>
public sealed class ClusterSet
{
    internal ClusterSet(IReadOnlyList<ClusterIdentity> clusters) => Clusters = clusters;

    /// <summary>The clusters; they pipe into any command that asks clusters.</summary>
    public IReadOnlyList<ClusterIdentity> Clusters { get; }

    /// <inheritdoc/>
    public override string ToString() => TerminalText.VisibleLine(NameList.Of([.. Clusters.Select(static cluster => cluster.ClusterName)]));
}
