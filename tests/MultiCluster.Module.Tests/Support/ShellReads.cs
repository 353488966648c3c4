using MultiCluster.Objects;

namespace MultiCluster.Module.Tests.Support;

/// <summary>Objects for a test to pipe into what it tests.</summary>
internal static class ShellReads
{
    /// <summary>One object of one cluster.</summary>
    public static KubeObject Read(this Shell shell, string cluster, string kind, string name) =>
        Assert.Single(shell.Run($"Get-KubeResource {kind} {name} -AllNamespaces -Cluster {cluster}").Of<KubeObject>());
}
