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

    internal KubeHelmRelease(StoredRelease stored, ReleaseContent? content) => (Stored, Content) = (stored, content);

    internal StoredRelease Stored { get; }

    /// <summary>What was read of its payload; null when it was not read.</summary>
    internal ReleaseContent? Content { get; }

    /// <summary>The cluster's id, <c>filename:context</c>.</summary>
    [ListItem]
    public string ClusterId => Stored.Item.ClusterId;

    /// <summary>The cluster's name: its context, or its alias.</summary>
    [Column(Width = 17)]
    public string ClusterName => Stored.Item.ClusterName;

    /// <summary>The namespace.</summary>
    [Column]
    public string? Namespace => Stored.Item.Namespace;

    /// <summary>The release's name.</summary>
    [Column]
    public string Name => Stored.Name;

    /// <summary>The number of the revision.</summary>
    [Column("Rev", Width = 3)]
    [ListItem]
    public int Revision => Stored.Revision;

    /// <summary>When it was installed, upgraded or rolled back to this revision, in local time.</summary>
    [Column(Width = 7, Age = true)]
    [ListItem]
    public DateTime? Updated => (Content?.LastDeployed ?? Stored.Updated)?.LocalDateTime;

    /// <summary>Helm's STATUS: <c>deployed</c>, <c>failed</c>, <c>superseded</c>, <c>pending-upgrade</c> ...</summary>
    [Column(Width = 9, Toned = true)]
    public string? State => Stored.State ?? Content?.State;

    /// <summary>Chart and its version, <c>redis-18.1.0</c>; null when the payload was not read.</summary>
    [Column]
    public string? Chart => ChartName is null ? null : $"{ChartName}-{ChartVersion}";

    /// <summary>The chart's name.</summary>
    public string? ChartName => Content?.ChartName;

    /// <summary>The chart's version.</summary>
    public string? ChartVersion => Content?.ChartVersion;

    /// <summary>The version of what the chart installs.</summary>
    [Column("App", Width = 7)]
    [ListItem]
    public string? AppVersion => Content?.AppVersion;

    /// <summary>What Helm says of it: <c>Upgrade complete</c>, or why it failed.</summary>
    [Column]
    public string? Description => Content?.Description;

    /// <summary>Where Helm keeps it: <c>Secret/sh.helm.release.v1.web.v3</c>.</summary>
    [ListItem]
    public string Storage => $"{(Stored.IsSecret ? StoredSecret : "ConfigMap")}/{Stored.Item.Name}";

    /// <summary>The values that its user gave, with <c>-Values</c>; null without, and for a release without values.</summary>
    [ListItem(Last = true)]
    public KubeTree? Values => Content?.Values is { } values ? PlainTree.Of(values.AsObject(), Stored.Item.Source.Cluster, new()) as KubeTree : null;

    /// <summary>The manifest that it rendered, with <c>-Manifest</c>; null without.</summary>
    [ListItem(Last = true)]
    public string? Manifest => Content?.Manifest;

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible(string.Create(CultureInfo.InvariantCulture, $"{Namespace}/{Name} revision {Revision}"));
}
