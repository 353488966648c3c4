using System.Management.Automation;
using System.Management.Automation.Runspaces;
using MultiCluster.Module.Pipeline;
using MultiCluster.Module.Sessions;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Pipeline;

/// <summary>For the tests of the packed module: clusters that answer with one object each, without a network.</summary>
[Cmdlet(VerbsDiagnostic.Test, "KubeProbe")]
public sealed class ProbeCommand : ClusterCmdlet
{
    /// <summary>The clusters' names.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string[] Name { get; set; } = [];

    /// <summary>Works on a session of its own, not on the runspace's.</summary>
    private protected override void End()
    {
        using var clusters = new TestSession(Name);
        KubeSession.Use(Runspace.DefaultRunspace, clusters.Session);
        Ask<string>(clusters.Clusters, static (connection, _, _, output, cancellationToken) => output.WriteAsync<string>([$"{connection.Identity.ClusterName}/0"], cancellationToken).AsTask());
        base.End();
    }
}
