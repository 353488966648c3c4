using MultiCluster.Clusters;
using MultiCluster.Module.Sessions;

namespace MultiCluster.Module.Pipeline;

/// <summary>A cmdlet that works on the runspace's pool.</summary>
public abstract class SessionCmdlet : KubeCmdlet
{
    private protected SessionCmdlet()
    {
    }

    /// <summary>The runspace's pool and reports.</summary>
    private protected KubeSession Session { get => field ??= KubeSession.Current; }

    /// <summary>Full paths: <c>~</c>, PowerShell's own location, provider drives.</summary>
    private protected IReadOnlyList<string> FullPaths(IEnumerable<string> paths) =>
        [.. paths.Select(GetUnresolvedProviderPathFromPSPath)];

    /// <summary>The selected clusters that names, ids and objects mean, with an error for each that means none; all selected ones when nothing is given.</summary>
    private protected IReadOnlyList<KubeCluster> Resolve(IEnumerable<object> given)
    {
        var targets = ClusterTargets.Resolve(Session.Pool, TargetValues.Of(given));
        foreach (var refusal in targets.Refusals)
            Fail(refusal.Fault, refusal.Target);
        return targets.Clusters;
    }
}
