using System.Globalization;
using MultiCluster.Copying.Local;
using MultiCluster.Faults;
using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Copying;

/// <summary>What became of a copy out of one pod, or into it.</summary>
[Views(Table = "ClusterName Pod Files Size Elapsed Summary", Wide = "ClusterName Namespace Pod Container Files Bytes Elapsed Summary")]
public sealed record KubeCopyResult
{
    /// <summary>The cluster's id, <c>filename:context</c>.</summary>
    [ListItem]
    public required string ClusterId { get; init; }

    /// <summary>The cluster's name: its context, or its alias.</summary>
    [Column(Width = 17)]
    public required string ClusterName { get; init; }

    /// <summary>The pod's namespace.</summary>
    [Column(Width = 14, Wide = true)]
    public required string Namespace { get; init; }

    /// <summary>The pod's name.</summary>
    [Column(Width = 20)]
    public required string Pod { get; init; }

    /// <summary>The container's name.</summary>
    [Column(Width = 12, Wide = true)]
    public required string Container { get; init; }

    /// <summary>What was copied: paths in the pod, or of this machine.</summary>
    [ListItem]
    public required string Source { get; init; }

    /// <summary>Where it is now: a path of this machine, or in the pod.</summary>
    [ListItem]
    public required string Destination { get; init; }

    /// <summary>Files that were copied whole.</summary>
    [Column(Width = 6)]
    public int Files { get; init; }

    /// <summary>Their bytes.</summary>
    [Column(Width = 14, Wide = true, Format = "{0:#,0}")]
    public long Bytes { get; init; }

    /// <summary>Their bytes in words: <c>1.5 MB</c>.</summary>
    [Column(Width = 8, Side = ColumnSide.Right, Listed = false)]
    public string Size => CopySize.Of(Bytes, CultureInfo.CurrentCulture);

    /// <summary>From its start to its end.</summary>
    [Column("ms", Width = 7, Path = nameof(TimeSpan.TotalMilliseconds), Format = "{0:#,0}")]
    public TimeSpan Elapsed { get; init; }

    /// <summary>What was left out, and why; at most the first thousand.</summary>
    [ListItem(Join = "\n")]
    public IReadOnlyList<KubeCopySkip> Skipped { get; init => field = new JoinedList<KubeCopySkip>([.. value]); } = new JoinedList<KubeCopySkip>([]);

    /// <summary>Why it failed, or null.</summary>
    [ListItem]
    public Fault? Fault { get; init; }

    /// <summary>Whether all has been copied that could be asked for; what was <see cref="Skipped"/> counts for no failure.</summary>
    public bool Succeeded => Fault is null;

    /// <summary>What is to be seen: why it failed, or where it went.</summary>
    [Column("Destination", Listed = false)]
    public string Summary => (Fault?.Detail ?? (Skipped.Count == 0 ? Destination : string.Create(CultureInfo.CurrentCulture, $"{Destination} ({Skipped.Count:N0} skipped)"))).Split('\n', 2)[0];

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible($"{ClusterName}: {Namespace}/{Pod}: {(Fault is null ? string.Create(CultureInfo.CurrentCulture, $"{Files:N0} files, {Size}") : Fault.Detail)}");
}
