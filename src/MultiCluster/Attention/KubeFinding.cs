using MultiCluster.Terminal;

namespace MultiCluster.Attention;

/// <summary>Something that needs a look. As a row it leads to its object.</summary>
[Views(
    Table = "ClusterName Severity Object Since Reason",
    Wide = "ClusterName Severity Rule Object Since Reason",
    Wrap = true)]
public sealed record KubeFinding
{
    /// <summary>The cluster's id, <c>filename:context</c>.</summary>
    [ListItem]
    public required string ClusterId { get; init; }

    /// <summary>The cluster's name: its context, or its alias.</summary>
    [Column(Width = 17)]
    public required string ClusterName { get; init; }

    /// <summary>How bad it is: <c>Error</c>, <c>Warning</c> or <c>Info</c>.</summary>
    [Column(Width = 8, Toned = true)]
    public required FindingSeverity Severity { get; init; }

    /// <summary>The rule that found it: <c>CrashLoop</c>, <c>Certificate</c> ...</summary>
    [Column(Width = 16)]
    public required string Rule { get; init; }

    /// <summary>Group and version of the object's kind: <c>apps/v1</c>; null for a finding about the cluster itself.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>The object's kind; null for a finding about the cluster itself.</summary>
    [ListItem]
    public string? Kind { get; init; }

    /// <summary>The object's namespace; null for what belongs to none.</summary>
    [ListItem]
    public string? Namespace { get; init; }

    /// <summary>The object's name; null for a finding about the cluster itself.</summary>
    [ListItem]
    public string? Name { get; init; }

    /// <summary>The object's unique id.</summary>
    public string? Uid { get; init; }

    /// <summary>What it is about in a word: <c>Pod/web/api-0</c>; <c>(cluster)</c> for the cluster itself.</summary>
    [Column(Width = 22)]
    public string Object => Kind is null ? "(cluster)" : Namespace is null ? $"{Kind}/{Name}" : $"{Kind}/{Namespace}/{Name}";

    /// <summary>Since when it is so, in local time; null where nothing tells.</summary>
    [Column(Width = 6, Age = true)]
    [ListItem]
    public DateTime? Since { get; init; }

    /// <summary>What is the matter, as a sentence.</summary>
    [Column]
    public required string Reason { get; init => field = TerminalText.VisibleLine(value); }

    /// <summary>True for one that the preferences ignore (<c>Set-KubeCluster -IgnoreFinding</c>).</summary>
    [ListItem]
    public bool Ignored { get; init; }

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible($"{ClusterName}: {Object}: {Reason}");
}
