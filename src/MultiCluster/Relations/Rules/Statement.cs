using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Relations.Rules;

/// <summary>What one field of an object says of others: the one that it names, or those that its selector fits.</summary>
/// <param name="Relation">How they have to do with each other.</param>
/// <param name="Field">The field.</param>
/// <param name="Kind">The kind of the others.</param>
/// <param name="Namespace">Their namespace; null for kinds of the whole cluster.</param>
/// <param name="Name">The name; empty with a selector.</param>
internal sealed record Statement(RelationType Relation, string Field, KindKey Kind, string? Namespace, string Name)
{
    /// <summary>What the labels of the others must fit; null where one is named.</summary>
    public LabelMatch? Selector { get; init; }

    /// <summary>The uid of the other, where it is named; null for whichever bears the name.</summary>
    public string? Uid { get; init; }

    /// <summary>False for what is no object of the API: a user, a group.</summary>
    public bool IsObject { get; init; } = true;

    /// <summary>Whether it is about an object. An owner of the whole cluster is named without its place: its uid says which it is.</summary>
    public bool IsAbout(KubeObject item) => Kind == KindKey.Of(item) && (Uid is not null
        ? Uid == item.Uid
        : Namespace == item.Namespace && (Selector?.Matches(item.LabelsJson) ?? Name == item.Name));
}
