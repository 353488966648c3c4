using MultiCluster.Objects;
using MultiCluster.Relations.Rules;

namespace MultiCluster.Relations.Following;

/// <summary>A relation of an object, seen from it.</summary>
/// <param name="Relation">How the two have to do with each other.</param>
/// <param name="Kind">The other's kind.</param>
/// <param name="Namespace">The other's namespace.</param>
/// <param name="Name">The other's name.</param>
/// <param name="Item">The other, where it was read.</param>
/// <param name="State">What is known of it.</param>
/// <param name="Fields">The fields that say so.</param>
internal sealed record RelationEdge(RelationType Relation, KindKey Kind, string? Namespace, string Name, KubeObject? Item, RelationState State, List<string> Fields)
{
    /// <summary>The edge to an object that was read.</summary>
    public static RelationEdge To(KubeObject item, RelationType relation, string field) =>
        new(relation, KindKey.Of(item), item.Namespace, item.Name, item, RelationState.Found, [field]);
}
