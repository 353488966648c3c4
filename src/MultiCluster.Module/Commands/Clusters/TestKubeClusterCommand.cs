using System.Management.Automation;
using MultiCluster.Clusters;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;

namespace MultiCluster.Module.Commands.Clusters;

/// <summary>Contacts clusters afresh and says what it found, as data.</summary>
[Cmdlet(VerbsDiagnostic.Test, "KubeCluster")]
[OutputType(typeof(ClusterPreflight))]
public sealed class TestKubeClusterCommand : SessionCmdlet
{
    private readonly List<object> _targets = [];

    /// <summary>Names or ids of selected clusters, with wildcards, or cluster objects, selected or not. All selected ones when left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SelectedClusterCompleter))]
    public object[] Cluster { get; set; } = [];

    /// <summary>Clusters at once; 32 by default.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int ThrottleLimit { get; set; } = 32;

    /// <summary>Seconds that a cluster may stay silent; 30 by default.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public int TimeoutSec { get; set; } = 30;

    private protected override void Process() => _targets.AddRange(Cluster);

    private protected override void End()
    {
        var given = TargetValues.Of(_targets);
        var strangers = given.OfType<KubeCluster>().Where(cluster => !cluster.Selected).ToArray();
        var selected = strangers.Length > 0 && strangers.Length == given.Count
            ? []
            : Resolve([.. given.Where(target => !strangers.Contains(target))]);
        var check = new PreflightRun(Session.Pool, TimeSpan.FromSeconds(TimeoutSec), ThrottleLimit);
        var results = Await(check.RunAsync([.. selected, .. strangers], Cancellation), () => ProgressState.Of(check.Done, selected.Count + strangers.Length, null));
        foreach (var result in results)
            Sink.Object(result);
        foreach (var same in results.Where(result => result.ClusterUid is not null).GroupBy(result => result.ClusterUid).Where(group => group.Count() > 1))
            Sink.Warning($"{string.Join(" and ", same.Select(result => result.ClusterName))} are the same physical cluster (uid {same.Key}): what is counted over both is counted twice.");
    }

    private IReadOnlyList<KubeCluster> Resolve(IReadOnlyCollection<object> given)
    {
        var targets = ClusterTargets.Resolve(Session.Pool, given);
        foreach (var refusal in targets.Refusals)
            Fail(refusal.Fault, refusal.Target);
        return targets.Clusters;
    }
}
