using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Changes.Sending;

/// <summary>
/// Which of many objects of a kind and namespace are not there: where the first of them is made, one list tells of all the others, and none is
/// asked for before it is made.
/// </summary>
internal sealed class MissingObjects(ClusterConnection connection, string defaultNamespace, CallContext context)
{
    /// <summary>So many objects are worth a list.</summary>
    private const int Many = 16;

    /// <summary>A namespace with more objects of the kind is not listed to its end, and nothing known of it: their metadata is a few MB.</summary>
    private const int Most = 2_000;

    private readonly Dictionary<(string ApiVersion, string Kind, string? Namespace), HashSet<string>> _present = [];

    /// <summary>One of each kind and namespace of which there are many: who sends it first learns whether the others need to be asked for.</summary>
    public static ObjectChange[] FirstOfMany(IEnumerable<ObjectChange> changes) =>
        [.. changes.Where(static change => change is { MayBeMissing: true, Uid: null, ReadsBefore: true }).GroupBy(KeyOf).Where(static group => group.Count() >= Many).Select(static group => group.First())];

    /// <summary>Finds out what is there of an object's kind and namespace. Where that may not be listed, nothing is known.</summary>
    public async Task LearnAsync(ObjectChange change, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            var kind = await connection.Session.Kinds.ResolveAsync($"{change.ApiVersion}/{change.Kind}", cancellationToken).ConfigureAwait(false);
            var query = new ListQuery { Namespace = kind.Namespaced ? change.Namespace ?? defaultNamespace : null, MetadataOnly = true, First = Most };
            await foreach (var piece in connection.Session.Objects.ListAsync(kind, query, context, cancellationToken).ConfigureAwait(false))
                names.UnionWith(piece.Select(static item => item.Name));
        }
        catch (FaultException)
        {
            return; // each is asked for by its name, and says itself what is wrong
        }

        if (names.Count < Most)
        {
            lock (_present)
                _present[KeyOf(change)] = names;
        }
    }

    /// <summary>Whether an object was not there when it was looked for.</summary>
    public bool Knows(ObjectChange change)
    {
        lock (_present)
            return _present.TryGetValue(KeyOf(change), out var names) && !names.Contains(change.Name);
    }

    private static (string ApiVersion, string Kind, string? Namespace) KeyOf(ObjectChange change) => (change.ApiVersion, change.Kind, change.Namespace);
}
