using System.Globalization;
using MultiCluster.Objects.Trees;
using MultiCluster.Terminal;

namespace MultiCluster.Helm;

/// <summary>A release of Helm 3, as of one of its revisions, with the columns of <c>helm list</c>.</summary>
[Views(
    Table = "ClusterName Namespace Name Revision Updated State Chart AppVersion",
    Wide = "ClusterName Namespace Name Revision Updated State Chart AppVersion Description",
    Wrap = true)]
public sealed class KubeHelmRelease
{
    private const string StoredSecret = "Secret";

    private readonly StoredRelease _stored;
    private readonly ReleaseContent? _content;

    internal KubeHelmRelease(StoredRelease stored, ReleaseContent? content)
    {
        _stored = stored;
        _content = content;
    }

    /// <summary>The cluster's id, <c>filename:context</c>.</summary>
    [ListItem]
    public string ClusterId => _stored.Item.ClusterId;

    /// <summary>The cluster's name: its context, or its alias.</summary>
    [Column(Width = 17)]
    public string ClusterName => _stored.Item.ClusterName;

    /// <summary>The namespace.</summary>
    [Column]
    public string? Namespace => _stored.Item.Namespace;

    /// <summary>The release's name.</summary>
    [Column]
    public string Name => _stored.Name;

    /// <summary>The number of the revision.</summary>
    [Column("Rev", Width = 3)]
    [ListItem]
    public int Revision => _stored.Revision;

    /// <summary>When it was installed, upgraded or rolled back to this revision, in local time.</summary>
    [Column(Width = 7, Age = true)]
    [ListItem]
    public DateTime? Updated => (_content?.LastDeployed ?? _stored.Updated)?.LocalDateTime;

    /// <summary>Helm's STATUS: <c>deployed</c>, <c>failed</c>, <c>superseded</c>, <c>pending-upgrade</c> ...</summary>
    [Column(Width = 9, Toned = true)]
    public string? State => _stored.State ?? _content?.State;

    /// <summary>Chart and its version, <c>redis-18.1.0</c>; null when the payload was not read.</summary>
    [Column]
    public string? Chart => ChartName is null ? null : $"{ChartName}-{ChartVersion}";

    /// <summary>The chart's name.</summary>
    public string? ChartName => _content?.ChartName;

    /// <summary>The chart's version.</summary>
    public string? ChartVersion => _content?.ChartVersion;

    /// <summary>The version of what the chart installs.</summary>
    [Column("App", Width = 7)]
    [ListItem]
    public string? AppVersion => _content?.AppVersion;

    /// <summary>What Helm says of it: <c>Upgrade complete</c>, or why it failed.</summary>
    [Column]
    public string? Description => _content?.Description;

    /// <summary>Where Helm keeps it: <c>Secret/sh.helm.release.v1.web.v3</c>.</summary>
    [ListItem]
    public string Storage => $"{(_stored.IsSecret ? StoredSecret : "ConfigMap")}/{_stored.Item.Name}";

    /// <summary>The values that its user gave, with <c>-Values</c>; null without, and for a release without values.</summary>
    [ListItem(Last = true)]
    public KubeTree? Values => _content?.Values is { } values ? PlainTree.Of(values.AsObject(), _stored.Item.Source.Cluster, new()) as KubeTree : null;

    /// <summary>The manifest that it rendered, with <c>-Manifest</c>; null without.</summary>
    [ListItem(Last = true)]
    public string? Manifest => _content?.Manifest;

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible(string.Create(CultureInfo.InvariantCulture, $"{Namespace}/{Name} revision {Revision}"));
}
