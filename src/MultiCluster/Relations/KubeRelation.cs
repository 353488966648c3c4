using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Relations;

/// <summary>
/// A line of the tree of an object's relations: the object itself, or one that a relation leads to. As a row it leads to that object.
/// </summary>
[Views(
    Table = "ClusterName Tree Relation Field",
    Wide = "ClusterName Namespace Tree Relation State Field",
    List = "ClusterName ClusterId Relation From To Fields Kind Namespace Name State Direction Depth Root",
    Wrap = true)]
public sealed record KubeRelation
{
    private const string Indent = "  ";

    /// <summary>The cluster's id, <c>filename:context</c>.</summary>
    public required string ClusterId { get; init; }

    /// <summary>The cluster's name: its context, or its alias.</summary>
    [Column(Width = 17)]
    public required string ClusterName { get; init; }

    /// <summary>The object whose relations these are: <c>Deployment/web/shop</c>.</summary>
    public required string Root { get; init; }

    /// <summary>How many steps it is away; 0 for the object itself.</summary>
    public required int Depth { get; init; }

    /// <summary>Whether the relation leads to the object, or from it; null for the object itself.</summary>
    public RelationDirection? Direction { get; init; }

    /// <summary>The line as a tree shows it: indented by its depth, with an arrow the way that the relation goes.</summary>
    [Column("Object")]
    public string Tree => $"{string.Concat(Enumerable.Repeat(Indent, Depth))}{Arrow}{Kind}/{Name}{(State switch { RelationState.Missing => " (missing)", RelationState.Repeated => " …", _ => "" })}";

    /// <summary>How the two have to do with each other; null for the object itself.</summary>
    [Column(Width = 8)]
    public RelationType? Relation { get; init; }

    /// <summary>The object whose relation it is: <c>Pod/web/shop-0</c>; null for the object itself.</summary>
    public string? From { get; init; }

    /// <summary>The object that it leads to; null for the object itself.</summary>
    public string? To { get; init; }

    /// <summary>The field that says so: <c>spec.volumes[2].secret</c>; the first where several do.</summary>
    [Column]
    public string? Field => Fields.Count == 0 ? null : Fields[0];

    /// <summary>All fields that say so.</summary>
    [ListItem(Join = "\n")]
    public TextList Fields { get; init; } = [];

    /// <summary>The kind of the object that the line is about.</summary>
    public required string Kind { get; init; }

    /// <summary>API group and version of its kind, where it was read.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>Its namespace, or null for objects of the whole cluster.</summary>
    [Column(Width = 12)]
    public string? Namespace { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its unique id, where it was read.</summary>
    public string? Uid { get; init; }

    /// <summary>Whether it is there.</summary>
    [Column(Width = 8, Toned = true)]
    public RelationState State { get; init; }

    private string Arrow => Direction switch
    {
        RelationDirection.Forward => "→ ",
        RelationDirection.Back => "← ",
        _ => "",
    };

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible(Relation is null ? Root : $"{From} {Relation} {To}");
}
