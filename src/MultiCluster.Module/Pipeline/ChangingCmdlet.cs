using System.Management.Automation;
using MultiCluster.Clusters;
using MultiCluster.Faults;

namespace MultiCluster.Module.Pipeline;

/// <summary>A cmdlet that changes what is on clusters: it asks as PowerShell does, and on a protected cluster always.</summary>
public abstract class ChangingCmdlet : QueryCmdlet
{
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private bool _yesToAll;
    private bool _noToAll;

    private protected ChangingCmdlet()
    {
    }

    /// <summary>Asks nothing about protected clusters.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Has the servers check everything and change nothing.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    /// <summary>Whether <c>-WhatIf</c> is on, by the parameter or by its preference variable.</summary>
    private protected bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out var asked)
        ? asked is SwitchParameter { IsPresent: true }
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    /// <summary>Whether it may be done: <c>-WhatIf</c> and <c>-Confirm</c> first, then the cluster's protection.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="target">What is changed on it, as <c>Pod / web / web-1</c>.</param>
    /// <param name="action">What is done to it, as <c>Remove</c>.</param>
    private protected bool MayChange(KubeCluster cluster, string target, string action)
    {
        var whole = $"{cluster.ClusterName} / {target}";
        return ShouldProcess(whole, action) && (!cluster.Protected || Force || DryRun || MayChangeProtected(cluster, whole, action));
    }

    private bool MayChangeProtected(KubeCluster cluster, string target, string action)
    {
        if (_refused.Contains(cluster.ClusterId))
            return false;
        try
        {
            return ShouldContinue($"{action} {target}?", $"{cluster.ClusterName} is protected", ref _yesToAll, ref _noToAll);
        }
        catch (Exception e) when (Asking.FindsNobody(e))
        {
            _refused.Add(cluster.ClusterId);
            Fail(
                new Fault
                {
                    Phase = FaultPhase.Protected,
                    Cluster = cluster.Connection!.Identity,
                    Detail = "the cluster is protected, and nobody can be asked whether it may be changed",
                    Advice = "Repeat the command with -Force if it is meant. Set-KubeCluster -Protected:$false takes the protection away.",
                },
                cluster);
            return false;
        }
    }
}
