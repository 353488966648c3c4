using System.Management.Automation;
using MultiCluster.Clusters;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;

namespace MultiCluster.Module.Commands.Clusters;

/// <summary>Contacts clusters afresh and says what it found, as data.</summary>
[Cmdlet(VerbsDiagnostic.Test, "KubeCluster")]
[OutputType(typeof(ClusterPreflight))]
public sealed class TestKubeClusterCommand : KubeCmdlet
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
        var clusters = Targets();
        var check = new PreflightRun(Session.Pool, TimeSpan.FromSeconds(TimeoutSec), ThrottleLimit);
        var results = Await(check.RunAsync(clusters, Cancellation), () => ProgressState.Of(check.Done, clusters.Count, null));
        foreach (var result in results)
            WriteObject(result);
        foreach (var notice in SamePhysicalCluster.Notices(results))
            WriteWarning(notice);
    }

    /// <summary>Cluster objects as they are, selected or not; names among the selected ones.</summary>
    private IReadOnlyList<KubeCluster> Targets()
    {
        if (_targets.Count == 0)
            return MyInvocation.ExpectingInput ? [] : Resolve([]);
        var objects = TargetValues.Of(_targets).OfType<KubeCluster>().Where(cluster => !cluster.Selected).ToArray();
        var others = _targets.Where(target => TargetValues.Unwrap(target) is not KubeCluster { Selected: false }).ToArray();
        return others.Length == 0 ? objects : [.. Resolve(others), .. objects];
    }
}
