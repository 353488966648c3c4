using System.Management.Automation;
using MultiCluster.Clusters;

namespace MultiCluster.Module.Pipeline;

/// <summary>A cmdlet that changes what is on clusters: it asks as PowerShell does, and on a protected cluster always.</summary>
public abstract class ChangingCmdlet : ClusterCmdlet
{
    private readonly ChangeGuard _guard;

    private protected ChangingCmdlet() => _guard = new ChangeGuard(this);

    /// <summary>Treats protected clusters as all others: stands for the answer to the question that they ask.</summary>
    [Parameter]
    public SwitchParameter AllowProtected { get; set; }

    /// <summary>Has the servers check everything and change nothing.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    /// <inheritdoc cref="ChangeGuard.MayChange"/>
    private protected bool MayChange(KubeCluster cluster, string target, string action) => _guard.MayChange(cluster, target, action, AllowProtected || DryRun);
}
