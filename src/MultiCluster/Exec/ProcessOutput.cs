namespace MultiCluster.Exec;

/// <summary>Where a process wrote.</summary>
public enum CommandStream
{
    /// <summary>Its standard output.</summary>
    Output,

    /// <summary>Its standard error.</summary>
    Error,
}

/// <summary>Bytes that a process wrote, as they arrived.</summary>
/// <param name="Stream">Where.</param>
/// <param name="Bytes">The bytes, which live until the next ones are read.</param>
/// <param name="IsEnd">True when it has ended: there are no bytes, and <see cref="PodProcess.ExitCode"/> is known.</param>
internal readonly record struct ProcessOutput(CommandStream Stream, ReadOnlyMemory<byte> Bytes, bool IsEnd = false);
