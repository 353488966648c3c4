using MultiCluster.Faults;
using MultiCluster.Terminal;

namespace MultiCluster.Exec;

/// <summary>What became of a command in one pod.</summary>
[Views(Table = "ClusterName Pod ExitCode Elapsed Summary", Wide = "ClusterName Namespace Pod Container ExitCode Elapsed Summary")]
public sealed record KubeCommandResult
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
    [Column(Width = 24)]
    public required string Pod { get; init; }

    /// <summary>The container's name.</summary>
    [Column(Width = 12, Wide = true)]
    public required string Container { get; init; }

    /// <summary>How it ended, 0 for success; null when it could not be run, or nobody knows.</summary>
    [Column("Exit", Width = 4)]
    public int? ExitCode { get; init; }

    /// <summary>From its start to its end.</summary>
    [Column("ms", Width = 7, Path = nameof(TimeSpan.TotalMilliseconds), Format = "{0:#,0}")]
    public TimeSpan Elapsed { get; init; }

    /// <summary>What it wrote to its standard output, where the whole of it was asked for; else null.</summary>
    [ListItem]
    public string? Output { get; init; }

    /// <summary>What it wrote to its standard error: all of it where that was asked for, else the last lines.</summary>
    [ListItem]
    public string? Error { get; init; }

    /// <summary>What it wrote to its standard output as bytes, where these were asked for; else null.</summary>
    public byte[]? Bytes { get; init; }

    /// <summary>Why it failed, or null.</summary>
    [ListItem]
    public Fault? Fault { get; init; }

    /// <summary>Whether it ended with exit code 0.</summary>
    public bool Succeeded => ExitCode == 0;

    /// <summary>The first line of what is to be seen: why it failed, or what it wrote.</summary>
    [Column("Output")]
    public string Summary => (Fault?.Detail ?? Output ?? Error ?? "").TrimStart().Split('\n', 2)[0].TrimEnd('\r');

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible($"{ClusterName}: {Namespace}/{Pod}: {(ExitCode is { } code ? $"exit code {code}" : Fault?.Detail ?? "unknown")}");
}
