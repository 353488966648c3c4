using System.Text.Json.Nodes;
using MultiCluster.Comparing.Normalizing;
using MultiCluster.Faults;
using MultiCluster.Helm;
using MultiCluster.Objects;

namespace MultiCluster.Comparing;

/// <summary>Objects of any number of clusters and namespaces, and how those of one name differ.</summary>
/// <param name="query">What is compared.</param>
internal sealed class Comparison(ComparisonQuery query)
{
    private readonly IReadOnlyList<WantedPath> _wanted = [.. query.Paths.Select(WantedPath.Parse)];
    private readonly SecretMark _secrets = new();
    private readonly List<KubeObject> _objects = [];
    private readonly Dictionary<(string Group, string Kind, string? Namespace, string Name), Namesakes> _namesakes = [];
    private readonly SameText _text = new(query.IncludeStatus);

    /// <summary>Takes an object. What is written in it is looked at now, while others are on their way.</summary>
    public void Add(KubeObject item)
    {
        _objects.Add(item);
        var key = (item.Source.Kind.Group, item.Kind, KeyNamespace(item), item.Name);
        if (!_namesakes.TryGetValue(key, out var same))
            _namesakes.Add(key, same = new());
        same.Add(item, _text.Of(item));
    }

    /// <summary>The objects.</summary>
    public IReadOnlyList<KubeObject> Objects => _objects;

    /// <summary>What is compared, in the order of the names: clusters, or the namespaces of each.</summary>
    /// <param name="clusters">The clusters that have told something.</param>
    public IReadOnlyList<ComparedSide> Sides(IReadOnlyList<ClusterIdentity> clusters)
    {
        var ordered = clusters.OrderBy(static cluster => cluster.ClusterName, StringComparer.OrdinalIgnoreCase).ThenBy(static cluster => cluster.ClusterId, StringComparer.Ordinal);
        return query.By == ComparisonBy.Cluster
            ? [.. ordered.Select(static cluster => new ComparedSide(cluster, null))]
            : [.. ordered.SelectMany(cluster => Namespaces(cluster).Select(ns => new ComparedSide(cluster, ns)))];
    }

    private IEnumerable<string?> Namespaces(ClusterIdentity cluster) => query.Namespaces.Count > 0
        ? query.Namespaces.Distinct<string?>(StringComparer.Ordinal)
        : _objects.Where(item => item.ClusterId == cluster.ClusterId).Select(static item => item.Namespace).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>The rows, object by object. Those that cannot be read as they are sent are told as faults and count as not known.</summary>
    /// <param name="sides">What is compared, in its order; a side without objects lacks them all.</param>
    /// <param name="isKnown">Whether a side would have told of objects of a kind in a namespace, if it had them.</param>
    /// <param name="fault">Takes what is wrong with an object.</param>
    /// <param name="cancellationToken">Ends the comparison.</param>
    public IEnumerable<KubeDifference> Rows(IReadOnlyList<ComparedSide> sides, Func<ComparedSide, string, string?, bool> isKnown, Action<Fault> fault, CancellationToken cancellationToken)
    {
        var bySide = sides.Index().ToDictionary(static pair => (pair.Item.Cluster.ClusterId, pair.Item.Namespace), static pair => pair.Index);
        var groups = _namesakes.OrderBy(static group => group.Key.Kind, StringComparer.Ordinal)
            .ThenBy(static group => group.Key.Namespace, StringComparer.Ordinal).ThenBy(static group => group.Key.Name, StringComparer.Ordinal);
        foreach (var group in groups)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var objects = new (KubeObject? Item, int Text)[sides.Count];
            foreach (var one in group.Value.Objects)
            {
                if (bySide.TryGetValue((one.Item.ClusterId, query.By == ComparisonBy.Namespace ? one.Item.Namespace : null), out var at))
                    objects[at] = one;
            }

            bool[] known = [.. sides.Select((side, at) => objects[at].Item is not null || isKnown(side, group.Key.Kind, group.Key.Namespace))];
            foreach (var row in Rows(sides, objects, known, fault))
                yield return row;
        }
    }

    /// <summary>Namespaces that were asked for tell objects apart; the one that a cluster has by default does not, since others have another.</summary>
    private string? KeyNamespace(KubeObject item) =>
        query.By == ComparisonBy.Namespace || (query.Namespaces.Count == 0 && !query.AllNamespaces) ? null : item.Namespace;

    private IEnumerable<KubeDifference> Rows(IReadOnlyList<ComparedSide> sides, (KubeObject? Item, int Text)[] objects, bool[] known, Action<Fault> fault)
    {
        // Objects that are written alike are one tree, which is compared once.
        var trees = new JsonObject?[objects.Length];
        var written = new Dictionary<int, JsonObject>();
        for (var at = 0; at < objects.Length; at++)
        {
            if (objects[at] is not ({ } item, var text))
                continue;
            try
            {
                if (!written.TryGetValue(text, out var tree))
                    written.Add(text, tree = TreeOf(item));
                trees[at] = tree;
            }
            catch (FaultException e)
            {
                fault(e.Fault with { Cluster = sides[at].Cluster });
                known[at] = false;
            }
        }

        var first = objects.First(static one => one.Item is not null).Item!;
        var maker = new RowMaker(sides, first, objects.Select(static one => one.Item).OfType<KubeObject>().Select(static item => item.Namespace).Distinct(StringComparer.Ordinal).Skip(1).Any() ? null : first.Namespace);
        int[] there = [.. Enumerable.Range(0, trees.Length).Where(at => trees[at] is not null)];
        if (_wanted.Count == 0 && (query.IncludeEqual || Enumerable.Range(0, trees.Length).Any(at => known[at] && trees[at] is null)))
            yield return maker.OfObjects(trees, known);
        if (there.Length == 0)
            yield break;
        JsonObject[] different = [.. written.Values];
        var places = written.Keys.Index().ToDictionary(static pair => pair.Item, static pair => pair.Index);
        int[] own = [.. there.Select(at => places[objects[at].Text])];
        var custom = !KubeObjectFactory.IsTyped(first.Source.Kind);
        var comparison = new ObjectComparison(new ValueKey(custom), query.IncludeEqual || _wanted.Count > 0);
        foreach (var path in comparison.Compare(different, first.Source.Places, _wanted))
            yield return maker.Of(path, there, own);
    }

    private JsonObject TreeOf(KubeObject item)
    {
        var tree = ComparedTree.Of(item, query.IncludeStatus);
        if (item.Source.Kind is { Group: "", Kind: "Secret" })
            _secrets.Hide(tree);
        else if (item.Source.Kind == ReleaseObject.Kind)
            _secrets.HideNamed(tree);
        return tree;
    }
}
