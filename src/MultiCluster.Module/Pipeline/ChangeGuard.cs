using MultiCluster.Clusters;
using MultiCluster.Faults;

namespace MultiCluster.Module.Pipeline;

/// <summary>Asks whether something may be changed: as PowerShell does, and about a protected cluster always.</summary>
internal sealed class ChangeGuard(KubeCmdlet cmdlet)
{
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private bool _yesToAll;
    private bool _noToAll;

    /// <summary>
    /// Whether it may be done, as <c>-WhatIf</c> and <c>-Confirm</c> have it. On a protected cluster one question stands in the place of
    /// theirs: where nobody can be asked, it is the protection that refuses, and not a prompt that fails.
    /// </summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="target">What is changed on it, as <c>Pod / web / web-1</c>.</param>
    /// <param name="action">What is done to it, as <c>Remove</c>.</param>
    /// <param name="unasked">Asks nothing about a protected cluster.</param>
    public bool MayChange(KubeCluster cluster, string target, string action, bool unasked)
    {
        var whole = $"{cluster.ClusterName} / {target}";
        return cluster.Protected && !unasked && !cmdlet.IsWhatIf ? MayChangeProtected(cluster, whole, action) : cmdlet.ShouldProcess(whole, action);
    }

    private bool MayChangeProtected(KubeCluster cluster, string target, string action)
    {
        if (_refused.Contains(cluster.ClusterId))
            return false;
        try
        {
            return cmdlet.ShouldContinue($"{action} {target}?", $"{cluster.ClusterName} is protected", ref _yesToAll, ref _noToAll);
        }
        catch (Exception e) when (Asking.FindsNobody(e))
        {
            _refused.Add(cluster.ClusterId);
            cmdlet.Fail(
                new Fault
                {
                    Phase = FaultPhase.Protected,
                    Cluster = cluster.Connection!.Identity,
                    Detail = "the cluster is protected, and nobody can be asked whether it may be changed",
                    Advice = "Repeat the command with -AllowProtected -Confirm:$false if it is meant. Set-KubeCluster -Protected:$false takes the protection away.",
                },
                cluster);
            return false;
        }
    }
}
