using MultiCluster.Clusters;
using MultiCluster.Exec;

namespace MultiCluster.Debugging;

/// <summary>Puts a terminal before the process of a container that was started with one; ends when that is left.</summary>
internal delegate Task DebugAttach(ClusterConnection connection, CommandTarget target, CancellationToken cancellationToken);

/// <summary>Which container is made to debug, and what is done in it.</summary>
internal sealed record DebugOptions
{
    /// <summary>The image that brings a shell and the usual programs: <c>busybox</c>.</summary>
    public const string DefaultImage = "busybox";

    /// <summary>Its image.</summary>
    public string Image { get; init; } = DefaultImage;

    /// <summary>The program and its arguments; none for what the image runs.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Attaches a terminal to it; null for none.</summary>
    public DebugAttach? Attach { get; init; }

    /// <summary>How long it may take to start.</summary>
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a kubelet that says that it cannot start it is given to think better of it, unless it says so once more.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>True to have the server check everything and change nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Pods or nodes of one cluster that are debugged at once: 32.</summary>
    public int AtOnce { get; init; } = 32;
}
