namespace MultiCluster.Sandbox.Containers;

/// <summary>What a simulated container is made of, beside what its pod says.</summary>
public sealed record ContainerOptions
{
    /// <summary>False for an image without a shell.</summary>
    public bool HasShell { get; init; } = true;

    /// <summary>False for an image without tar.</summary>
    public bool HasTar { get; init; } = true;

    /// <summary>Programs by name: more than there are, or others.</summary>
    public IReadOnlyDictionary<string, ContainerProgram> Programs { get; init; } = new Dictionary<string, ContainerProgram>();

    /// <summary>
    /// What answers at a port, for each connection; a port that the pod declares and that is not here is answered by a small HTTP server.
    /// <see cref="LocalPort"/> leads on to a real one.
    /// </summary>
    public IReadOnlyDictionary<int, Func<Stream, CancellationToken, Task>> Ports { get; init; } = new Dictionary<int, Func<Stream, CancellationToken, Task>>();

    /// <summary>
    /// True to run this machine's own programs, as processes, in a temporary folder: they can do whatever this process can. For tests alone, and
    /// for commands that the test itself gives.
    /// </summary>
    public bool RunsProcesses { get; init; }

    /// <summary>Called once with the container's files, before anything runs in it.</summary>
    public Action<ContainerFiles>? Prepare { get; init; }
}
