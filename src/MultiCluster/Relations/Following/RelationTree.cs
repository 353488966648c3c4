using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Relations.Rules;

namespace MultiCluster.Relations.Following;

/// <summary>
/// The relations of one cluster's objects as lines of a tree: from an object forward, and from it back, each as far as is wanted. It never turns
/// round: a node would lead to all pods of its cluster. An object that comes again is shown, and what follows from it is not.
/// </summary>
internal sealed class RelationTree(RelationQuery query, RelationSteps steps)
{
    private int _left = query.Limit;

    /// <summary>True when there were more relations than are wanted.</summary>
    public bool IsCut { get; private set; }

    /// <summary>The object, and its relations.</summary>
    /// <exception cref="FaultException">The cluster does not answer.</exception>
    public async Task<IReadOnlyList<KubeRelation>> OfAsync(KubeObject root)
    {
        var lines = new List<KubeRelation> { Line(root, root) };
        foreach (var direction in (RelationDirection[])[RelationDirection.Back, RelationDirection.Forward])
        {
            if (query.Direction == direction || query.Direction == RelationDirection.Both)
                await AddAsync(lines, new() { [(KindKey.Of(root), root.Namespace, root.Name)] = true }, root, root, direction, 1).ConfigureAwait(false);
        }

        return lines;
    }

    /// <summary>Adds what follows from an object; true when anything does.</summary>
    /// <param name="lines">The tree so far.</param>
    /// <param name="seen">The objects in it, and whether anything follows from them.</param>
    /// <param name="root">The object whose tree it is.</param>
    /// <param name="item">The object.</param>
    /// <param name="direction">The direction.</param>
    /// <param name="depth">How far what follows is from the root.</param>
    private async Task<bool> AddAsync(
        List<KubeRelation> lines, Dictionary<(KindKey, string?, string), bool> seen, KubeObject root, KubeObject item, RelationDirection direction, int depth)
    {
        if (depth > query.Depth || IsCut)
            return false;
        var edges = direction == RelationDirection.Forward ? await steps.ForwardAsync(item).ConfigureAwait(false) : await steps.BackAsync(item).ConfigureAwait(false);
        foreach (var edge in edges)
        {
            if (IsCut |= _left == 0)
                break;
            _left--;
            var key = (edge.Kind, edge.Namespace, edge.Name);
            var isNew = !seen.TryGetValue(key, out var leadsOn);
            lines.Add(Line(root, item, edge, direction, depth, isRepeated: leadsOn));
            if (!isNew)
                continue;
            seen[key] = true; // until it is known: what follows from it may lead back to it
            seen[key] = edge.Item is { } next && await AddAsync(lines, seen, root, next, direction, depth + 1).ConfigureAwait(false);
        }

        return edges.Count > 0;
    }

    private static KubeRelation Line(KubeObject root, KubeObject item) => new()
    {
        ClusterId = item.ClusterId,
        ClusterName = item.ClusterName,
        Root = Named(root),
        Depth = 0,
        Kind = item.Kind,
        ApiVersion = item.ApiVersion,
        Namespace = item.Namespace,
        Name = item.Name,
        Uid = item.Uid,
        State = RelationState.Found,
    };

    private static KubeRelation Line(KubeObject root, KubeObject item, RelationEdge edge, RelationDirection direction, int depth, bool isRepeated)
    {
        var (one, other) = (Named(item), Named(edge.Kind.Kind, edge.Namespace, edge.Name));
        return new()
        {
            ClusterId = item.ClusterId,
            ClusterName = item.ClusterName,
            Root = Named(root),
            Depth = depth,
            Direction = direction,
            Relation = edge.Relation,
            From = direction == RelationDirection.Forward ? one : other,
            To = direction == RelationDirection.Forward ? other : one,
            Fields = [.. edge.Fields],
            Kind = edge.Kind.Kind,
            ApiVersion = edge.Item?.ApiVersion,
            Namespace = edge.Namespace,
            Name = edge.Name,
            Uid = edge.Item?.Uid,
            State = isRepeated && edge.State == RelationState.Found ? RelationState.Repeated : edge.State,
        };
    }

    private static string Named(KubeObject item) => Named(item.Kind, item.Namespace, item.Name);

    private static string Named(string kind, string? ns, string name) => ns is null ? $"{kind}/{name}" : $"{kind}/{ns}/{name}";
}
