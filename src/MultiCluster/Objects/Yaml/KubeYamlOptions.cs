namespace MultiCluster.Objects.Yaml;

/// <summary>What of an object goes into its YAML.</summary>
internal sealed record KubeYamlOptions
{
    /// <summary>Keeps <c>metadata.managedFields</c>, which people neither read nor edit. Default false.</summary>
    public bool KeepManagedFields { get; init; }

    /// <summary>
    /// Leaves out what only the server writes: <c>status</c>, and in the metadata <c>uid</c>, <c>resourceVersion</c>,
    /// <c>creationTimestamp</c>, <c>generation</c> and <c>selfLink</c>. What is left can be applied to another cluster. Default false.
    /// </summary>
    public bool DropServerFields { get; init; }
}
