using MultiCluster.Faults;
using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A kind that one cluster serves.</summary>
[Views(
    Table = "ClusterName Name ShortNames ApiVersion Kind",
    Wide = "ClusterName Name ShortNames ApiVersion Namespaced Kind",
    List = "ClusterName ClusterId Name Singular ShortNames Kind ApiVersion Group Version Namespaced Verbs Categories")]
public sealed class KubeApiResource
{
    private readonly ClusterIdentity _cluster;
    private readonly ResourceKind _kind;

    internal KubeApiResource(ClusterIdentity cluster, ResourceKind kind)
    {
        _cluster = cluster;
        _kind = kind;
    }

    /// <summary>The cluster's name.</summary>
    [Column(Width = 17)]
    public string ClusterName => _cluster.ClusterName;

    /// <summary>The cluster's id.</summary>
    public string ClusterId => _cluster.ClusterId;

    /// <summary>The plural: <c>deployments</c>.</summary>
    [Column(Width = 20)]
    public string Name => _kind.Plural;

    /// <summary>The singular: <c>deployment</c>.</summary>
    public string Singular => _kind.Singular;

    /// <summary>Short names: <c>deploy</c>.</summary>
    [Column(Width = 10)]
    [ListItem(Join = ", ")]
    public TextList ShortNames => [.. _kind.ShortNames];

    /// <summary>Group and version: <c>apps/v1</c>.</summary>
    [Column(Width = 17)]
    public string ApiVersion => _kind.ApiVersion;

    /// <summary>The API group; empty for the core group.</summary>
    public string Group => _kind.Group;

    /// <summary>The version.</summary>
    public string Version => _kind.Version;

    /// <summary>The kind: <c>Deployment</c>.</summary>
    public string Kind => _kind.Kind;

    /// <summary>True when its objects live in namespaces.</summary>
    [Column(Width = 10)]
    public bool Namespaced => _kind.Namespaced;

    /// <summary>What the server lets one do with it.</summary>
    [ListItem(Join = ", ")]
    public TextList Verbs => [.. _kind.Verbs];

    /// <summary>Categories: <c>all</c>.</summary>
    [ListItem(Join = ", ")]
    public TextList Categories => [.. _kind.Categories];

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible(_kind.Resource);
}
