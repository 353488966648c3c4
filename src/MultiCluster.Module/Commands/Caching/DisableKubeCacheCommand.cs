using System.Management.Automation;
using MultiCluster.Caching;
using MultiCluster.Faults;
using MultiCluster.Module.Pipeline;

namespace MultiCluster.Module.Commands.Caching;

/// <summary>Ends live caches, and gives their memory back.</summary>
[Cmdlet(VerbsLifecycle.Disable, "KubeCache")]
[OutputType(typeof(void))]
public sealed class DisableKubeCacheCommand : CacheCmdlet
{
    private bool _piped;

    /// <summary>Caches of Get-KubeCache or Enable-KubeCache, or rows of them.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject[] InputObject { get; set; } = [];

    private protected override void Process()
    {
        _piped |= IsBound(nameof(InputObject));
        foreach (var cache in InputObject.Select(Find).OfType<KindCache>())
            Stop(cache);
    }

    private protected override void End()
    {
        if (IsNarrowed)
        {
            foreach (var cache in Meant())
                Stop(cache);
        }
        else if (!_piped && !MyInvocation.ExpectingInput)
        {
            throw new FaultException(FaultPhase.Invalid, "nothing says which caches to end", "Give -Kind or -Cluster, or pipe them in: Get-KubeCache | Disable-KubeCache ends all.");
        }
    }

    private static void Stop(KindCache cache) => ClusterCaches.Of(cache.Connection).Stop(cache);

    private KindCache? Find(PSObject row)
    {
        if (row.BaseObject is KubeCache live)
            return live.Cache;
        var columns = RowColumns.Of(row);
        var (id, kind, ns) = (columns?["ClusterId"], columns?["Kind"], columns?["Namespace"]);
        var found = Session.Pool.Selected.Where(cluster => cluster.ClusterId == id)
            .SelectMany(static cluster => ClusterCaches.Of(cluster.Connection!).All)
            .FirstOrDefault(cache => cache.Kind.Resource == kind && (cache.Namespace ?? "") == (ns ?? ""));
        if (found is null)
        {
            Fail(
                new Fault { Phase = FaultPhase.NotFound, Detail = kind is null || id is null ? "this is no cache" : $"there is no cache of {kind} on {id}", Advice = "Get-KubeCache lists the caches that there are." },
                row);
        }

        return found;
    }
}
