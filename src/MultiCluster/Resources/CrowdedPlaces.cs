using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Resources;

/// <summary>
/// The kinds and namespaces of one cluster to which so many references lead that a list costs less than a request for each: a cluster takes
/// 50 requests a second, and brings thousands of objects in one.
/// </summary>
internal sealed class CrowdedPlaces
{
    /// <summary>So many references to one kind and namespace are a crowd.</summary>
    public const int Crowd = 100;

    private readonly Dictionary<(string? ApiVersion, string? Kind, string? Namespace), Place> _places;
    private readonly ClusterConnection _connection;
    private readonly CallContext _call;
    private readonly bool _metadataOnly;

    /// <summary>Counts what leads where; asks nothing.</summary>
    public CrowdedPlaces(IEnumerable<ObjectReference> references, ClusterConnection connection, CallContext call, bool metadataOnly)
    {
        (_connection, _call, _metadataOnly) = (connection, call, metadataOnly);
        _places = references.GroupBy(Key).Where(static group => group.Count() >= Crowd)
            .ToDictionary(static group => group.Key, static group => new Place([.. group.Select(static one => one.Name)]));
    }

    /// <summary>The object, where its place is a crowded one whose list has it; null where it has to be asked for by itself.</summary>
    public async Task<KubeObject?> FindAsync(ResolvedReference resolved, CancellationToken cancellationToken)
    {
        if (!_places.TryGetValue(Key(resolved.Reference), out var place))
            return null;
        var objects = await (place.Listing ??= ListAsync(resolved, place.Names, cancellationToken)).ConfigureAwait(false);
        return objects.GetValueOrDefault(resolved.Reference.Name);
    }

    private static (string?, string?, string?) Key(ObjectReference reference) => (reference.ApiVersion, reference.Kind, reference.Namespace);

    /// <summary>Those of the names that are there; none where the user may get objects and not list them.</summary>
    private async Task<Dictionary<string, KubeObject>> ListAsync(ResolvedReference resolved, HashSet<string> names, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, KubeObject>(StringComparer.Ordinal);
        try
        {
            var query = new ListQuery { Namespace = resolved.Namespace, MetadataOnly = _metadataOnly };
            await foreach (var piece in _connection.Session.Objects.ListAsync(resolved.Kind, query, _call, cancellationToken).ConfigureAwait(false))
            {
                foreach (var item in piece.Where(item => names.Contains(item.Name)))
                    found[item.Name] = item;
            }
        }
        catch (FaultException e) when (e.Fault.Phase == FaultPhase.Forbidden)
        {
            found.Clear();
        }

        return found;
    }

    private sealed class Place(HashSet<string> names)
    {
        public HashSet<string> Names => names;

        public Task<Dictionary<string, KubeObject>>? Listing { get; set; }
    }
}
