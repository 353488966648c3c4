namespace MultiCluster.Api.Lists;

/// <summary>Which objects of a kind are wanted.</summary>
internal sealed record ListQuery
{
    /// <summary>The namespace, or null for all.</summary>
    public string? Namespace { get; init; }

    /// <summary>The exact name, or null for every name; the server selects by it.</summary>
    public string? Name { get; init; }

    /// <summary>Label selector in Kubernetes' syntax.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Field selector in Kubernetes' syntax.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>Ask for metadata only (<c>PartialObjectMetadataList</c>).</summary>
    public bool MetadataOnly { get; init; }

    /// <summary>Stop asking after that many objects; null for all.</summary>
    public int? First { get; init; }
}
