using MultiCluster.Faults;

namespace MultiCluster.Objects;

/// <summary>What all objects of one answer share.</summary>
internal sealed record ObjectSource
{
    private readonly ResourceKind _kind = null!;

    public required ClusterIdentity Cluster { get; init; }

    public required ResourceKind Kind
    {
        get => _kind;
        init
        {
            _kind = value;
            Places = QuantityPlaces.Of(value);
        }
    }

    /// <summary>Where its objects hold amounts of resources; null when they hold none.</summary>
    public FieldPlace? Places { get; private init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Names of the server's printer columns, when the answer was a Table.</summary>
    public IReadOnlyList<PrinterColumn> Columns { get; init; } = [];

    /// <summary>True when only metadata was asked for.</summary>
    public bool MetadataOnly { get; init; }
}

/// <summary>A column of a server's table.</summary>
/// <param name="Name">The column's heading: <c>Ready</c>.</param>
/// <param name="Type">OpenAPI type: <c>string</c>, <c>integer</c>, <c>number</c>, <c>boolean</c>, <c>date</c>.</param>
/// <param name="Priority">0 is shown always, more only in wide views.</param>
public sealed record PrinterColumn(string Name, string Type, int Priority)
{
    /// <summary>What the server says of it.</summary>
    internal string Description { get; init; } = "";
}

/// <summary>An object's bytes with their index.</summary>
internal readonly record struct ObjectContent(ObjectSource Source, byte[] Json, ItemIndex Index);
