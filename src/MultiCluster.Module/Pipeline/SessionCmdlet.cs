using MultiCluster.Clusters;
using MultiCluster.Module.Sessions;

namespace MultiCluster.Module.Pipeline;

/// <summary>A cmdlet that works on the runspace's pool.</summary>
public abstract class SessionCmdlet : KubeCmdlet
{
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    private protected SessionCmdlet()
    {
    }

    /// <summary>The runspace's pool and reports.</summary>
    private protected KubeSession Session { get => field ??= KubeSession.Current; }

    /// <summary>Full paths: <c>~</c>, PowerShell's own location, provider drives.</summary>
    private protected IReadOnlyList<string> FullPaths(IEnumerable<string> paths) =>
        [.. paths.Select(GetUnresolvedProviderPathFromPSPath)];

    /// <summary>
    /// What the usual kubeconfigs offer, or those that are named and no other; says what is to be known of the preferences, and in Verbose
    /// which files were passed over.
    /// </summary>
    private protected KnownClusters Known(IEnumerable<string> kubeconfig)
    {
        var known = Await(Session.Pool.KnownAsync(FullPaths(kubeconfig), Cancellation));
        Tell(known.Notices);
        Explain(known.PassedOver);
        return known;
    }

    /// <summary>Warns of what the user should know, each thing once.</summary>
    private protected void Tell(IEnumerable<string> notices)
    {
        foreach (var notice in notices.Where(_told.Add))
            WriteWarning(notice);
    }

    /// <summary>Says in Verbose what nobody need know who misses nothing, each thing once.</summary>
    private protected void Explain(IEnumerable<string> details)
    {
        foreach (var detail in details.Where(_told.Add))
            WriteVerbose(detail);
    }

    /// <summary>The selected clusters that names, ids and objects mean, with an error for each that means none; all selected ones when nothing is given.</summary>
    private protected IReadOnlyList<KubeCluster> Resolve(IEnumerable<object> given)
    {
        var targets = ClusterTargets.Resolve(Session.Pool, TargetValues.Of(given));
        foreach (var refusal in targets.Refusals)
            Fail(refusal.Fault, refusal.Target);
        return targets.Clusters;
    }
}
