namespace MultiCluster.Clusters;

/// <summary>A cluster's id that is meant as it stands: without wildcards, case and all, and never as a name.</summary>
internal sealed record ExactId(string Id)
{
    /// <inheritdoc/>
    public override string ToString() => Id;
}
