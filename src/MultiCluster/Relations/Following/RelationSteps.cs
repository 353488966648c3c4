using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Relations.Rules;

namespace MultiCluster.Relations.Following;

/// <summary>One step from an object: what it leads to, and what leads to it, by what it says itself and by what others say of it.</summary>
internal sealed class RelationSteps(RelationObjects objects)
{
    /// <summary>So many objects of one kind and place are asked for one by one; more are listed.</summary>
    private const int Few = 8;

    /// <summary>What an object owns, selects, mounts, uses, routes to, scales and binds.</summary>
    /// <exception cref="FaultException">The cluster does not answer.</exception>
    public Task<IReadOnlyList<RelationEdge>> ForwardAsync(KubeObject item) => EdgesAsync(item, back: false);

    /// <summary>What owns, selects, mounts, uses, routes to, scales and binds an object.</summary>
    /// <exception cref="FaultException">The cluster does not answer.</exception>
    public Task<IReadOnlyList<RelationEdge>> BackAsync(KubeObject item) => EdgesAsync(item, back: true);

    private async Task<IReadOnlyList<RelationEdge>> EdgesAsync(KubeObject item, bool back)
    {
        var kind = KindKey.Of(item);

        // All that is needed is asked for at once; the order is that of the rules.
        var parts = RelationRules.All.Select(rule => rule.IsReversed == back ? OwnAsync(rule, kind, item) : OthersAsync(rule, kind, item)).ToList();
        var edges = new List<RelationEdge>();
        foreach (var part in await Task.WhenAll(parts).ConfigureAwait(false))
            edges.AddRange(part);
        return Merged(edges);
    }

    /// <summary>What the object says itself.</summary>
    private async Task<IReadOnlyList<RelationEdge>> OwnAsync(RelationRule rule, KindKey kind, KubeObject item)
    {
        if (rule is not OwnerRule && !rule.Sources.Contains(kind))
            return [];
        Statement[] statements = [.. rule.Read(item)];
        foreach (var place in statements.Where(static one => one.IsObject).GroupBy(static one => (one.Kind, one.Namespace)))
        {
            if (place.Where(static one => one.Selector is null).Select(static one => one.Name).Distinct().Skip(Few).Any())
                await objects.ListAsync(place.Key.Kind, place.Key.Namespace).ConfigureAwait(false);
        }

        var edges = await Task.WhenAll(statements.Select(OfAsync)).ConfigureAwait(false);
        return [.. edges.SelectMany(static some => some)];
    }

    private async Task<IReadOnlyList<RelationEdge>> OfAsync(Statement said)
    {
        if (said.Selector is { } selector)
        {
            var all = await objects.ListAsync(said.Kind, said.Namespace, new(Labels: selector.Text)).ConfigureAwait(false);
            return [.. (all ?? []).Where(one => selector.Matches(one.LabelsJson)).Select(one => RelationEdge.To(one, said.Relation, said.Field))];
        }

        var (found, state) = said.IsObject ? await objects.FindAsync(said.Kind, said.Namespace, said.Name).ConfigureAwait(false) : new(null, RelationState.Unread);
        if (found is not null && said.Uid is not null && found.Uid != said.Uid)
            (found, state) = (null, RelationState.Missing); // another bears its name by now
        return found is null
            ? [new RelationEdge(said.Relation, said.Kind, said.Namespace, said.Name, null, state, [said.Field])]
            : [RelationEdge.To(found, said.Relation, said.Field)];
    }

    /// <summary>What others say of the object.</summary>
    private async Task<IReadOnlyList<RelationEdge>> OthersAsync(RelationRule rule, KindKey kind, KubeObject item)
    {
        if (rule is not OwnerRule && !rule.Targets.Contains(kind))
            return [];
        var lists = await Task.WhenAll((rule is OwnerRule ? OwnerRule.OwnedBy(kind) : rule.Sources).Select(source => ListAsync(source, item.Namespace, rule.CrossesNamespaces, new(Fields: rule.FieldsOf(source, item))))).ConfigureAwait(false);
        return
        [
            .. from list in lists
               from other in list
               from said in rule.Read(other)
               where said.IsAbout(item)
               select RelationEdge.To(other, said.Relation, said.Field),
        ];
    }

    private async Task<IReadOnlyList<KubeObject>> ListAsync(KindKey kind, string? ns, bool everywhere, RelationObjects.Narrowing narrowing)
    {
        if (await objects.ListAsync(kind, everywhere ? null : ns, narrowing).ConfigureAwait(false) is { } all)
            return all;
        return everywhere && ns is not null ? await objects.ListAsync(kind, ns, narrowing).ConfigureAwait(false) ?? [] : [];
    }

    /// <summary>What several fields say of the same two objects is one relation.</summary>
    private static List<RelationEdge> Merged(List<RelationEdge> edges)
    {
        var merged = new List<RelationEdge>();
        var known = new Dictionary<(RelationType, KindKey, string?, string), RelationEdge>();
        foreach (var edge in edges)
        {
            if (known.TryGetValue((edge.Relation, edge.Kind, edge.Namespace, edge.Name), out var same))
            {
                same.Fields.AddRange(edge.Fields);
                continue;
            }

            known[(edge.Relation, edge.Kind, edge.Namespace, edge.Name)] = edge;
            merged.Add(edge);
        }

        return merged;
    }
}
