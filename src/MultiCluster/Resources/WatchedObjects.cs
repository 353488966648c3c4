using MultiCluster.Api.Lists;
using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Resources;

/// <summary>Objects that are there and are to be watched: these, and none that bears the name of one later.</summary>
internal sealed class WatchedObjects(IEnumerable<KubeObject> objects)
{
    /// <summary>Of more objects of a kind and namespace than this, all its objects are watched and picked out here.</summary>
    private const int MostSelected = 5;

    private readonly ILookup<string, KubeObject> _objects = objects.ToLookup(static item => item.ClusterId, StringComparer.Ordinal);

    /// <summary>How many kinds are watched, those of each cluster counted.</summary>
    public int Kinds => _objects.Sum(static cluster => KindsOf(cluster).Length);

    /// <summary>What is watched in one cluster, and how.</summary>
    public (WatchScope Scope, IReadOnlyList<string> Kinds, Func<KubeObject, bool> IsMeant) In(string clusterId, WatchQuery query)
    {
        KubeObject[] mine = [.. _objects[clusterId]];
        var names = mine.Select(static item => item.Name).ToHashSet(StringComparer.Ordinal);
        var uids = mine.Select(static item => item.Uid).ToHashSet(StringComparer.Ordinal);
        return (new WatchScope((kind, _) => Places(mine, kind, query), names.Contains, query.MaxEventBytes), KindsOf(mine), item => uids.Contains(item.Uid));
    }

    private static string[] KindsOf(IEnumerable<KubeObject> objects) => [.. objects.Select(static item => $"{item.ApiVersion}/{item.Kind}").Distinct(StringComparer.Ordinal)];

    private static IReadOnlyList<ListQuery> Places(KubeObject[] objects, ResourceKind kind, WatchQuery query) =>
    [
        .. objects.Where(item => item.ApiVersion == kind.ApiVersion && item.Kind == kind.Kind).GroupBy(static item => item.Namespace).SelectMany(group => group.Count() > MostSelected
            ? [new ListQuery { Namespace = group.Key, MetadataOnly = query.MetadataOnly }]
            : group.Select(item => new ListQuery { Namespace = group.Key, FieldSelector = FieldSelector.WithName(null, item.Name), MetadataOnly = query.MetadataOnly })),
    ];
}
