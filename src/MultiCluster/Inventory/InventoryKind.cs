namespace MultiCluster.Inventory;

/// <summary>A kind that is looked at: which of its objects, and how much of them.</summary>
/// <param name="Resource">The kind, in any form that <c>kubectl get</c> takes.</param>
internal sealed record InventoryKind(string Resource)
{
    /// <summary>True where the metadata is enough; who needs more of the same objects gets it, and all have it then.</summary>
    public bool MetadataOnly { get; init; }

    /// <summary>Which objects, in Kubernetes' syntax of field selectors; null for all.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>True for a kind that many clusters do not serve: nobody is told that this one does not, and what is wrong with it is not the cluster's.</summary>
    public bool Optional { get; init; }
}
