using System.Management.Automation;
using MultiCluster.Caching;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Module.Commands.Caching;

/// <summary>A cmdlet about live caches that there are: which ones.</summary>
public abstract class CacheCmdlet : KubeCmdlet
{
    private protected CacheCmdlet()
    {
    }

    /// <summary>Kinds of caches, with wildcards: the plural, with or without its group.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CacheKindCompleter))]
    public string[] Kind { get; set; } = [];

    /// <summary>Names or ids of clusters, with wildcards; what begins with <c>!</c> is left out.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SelectedClusterCompleter))]
    public string[] Cluster { get; set; } = [];

    /// <summary>Whether anything says which ones.</summary>
    private protected bool IsNarrowed => Kind.Length + Cluster.Length > 0;

    /// <summary>The caches that are meant, with an error for each kind that means none.</summary>
    private protected IReadOnlyList<KindCache> Meant()
    {
        var all = Session.Pool.Selected.SelectMany(static cluster => ClusterCaches.Of(cluster.Connection!).All).ToList();
        NamePattern[] kinds = [.. Kind.Select(static kind => new NamePattern(kind))];
        foreach (var kind in kinds.Where(kind => kind.Literal is not null && !all.Any(cache => Fits(kind, cache))))
        {
            Fail(
                new Fault { Phase = FaultPhase.NotFound, Detail = $"there is no cache of {kind.Literal}", Advice = "Get-KubeCache lists the caches that there are; Enable-KubeCache makes one." },
                kind.Literal);
        }

        var clusters = new ClusterWords(Cluster);
        return
        [
            .. all.Where(cache => clusters.Mean(cache.Connection.Identity.ClusterName, cache.Connection.Identity.ClusterId)
                && (kinds.Length == 0 || kinds.Any(kind => Fits(kind, cache)))),
        ];
    }

    private static bool Fits(NamePattern kind, KindCache cache) =>
        kind.IsMatch(cache.Kind.Plural) || kind.IsMatch(cache.Kind.Resource) || kind.IsMatch(cache.Kind.Singular) || kind.IsMatch(cache.Kind.Kind) || cache.Kind.ShortNames.Any(kind.IsMatch);
}
