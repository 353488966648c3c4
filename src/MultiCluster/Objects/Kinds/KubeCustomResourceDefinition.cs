using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A CustomResourceDefinition.</summary>
[Kind("apiextensions.k8s.io", "CustomResourceDefinition")]
[Views(Without = nameof(Namespace))]
public sealed class KubeCustomResourceDefinition : KubeObject
{
    internal KubeCustomResourceDefinition(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>The kind that it defines.</summary>
    [Column("Kind", Wide = true)]
    public string? DefinedKind => SpecJson["names"u8]["kind"u8].AsText();

    /// <summary>The API group of the kind that it defines.</summary>
    [Column(Wide = true)]
    public string? Group => SpecJson["group"u8].AsText();

    /// <summary><c>Namespaced</c> or <c>Cluster</c>.</summary>
    [Column]
    public string? Scope => SpecJson["scope"u8].AsText();

    /// <summary>The versions that the server serves.</summary>
    [Column]
    public TextList Versions
    {
        get
        {
            var versions = new List<string>();
            foreach (var version in SpecJson["versions"u8].Elements)
            {
                if (version["served"u8].AsBoolean() && version["name"u8].AsText() is { } name)
                    versions.Add(name);
            }

            return [.. versions];
        }
    }

    /// <summary>The version in which objects are stored.</summary>
    [Column(Wide = true)]
    public string? StorageVersion
    {
        get
        {
            foreach (var version in SpecJson["versions"u8].Elements)
            {
                if (version["storage"u8].AsBoolean())
                    return version["name"u8].AsText();
            }

            return null;
        }
    }
}
