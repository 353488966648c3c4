namespace MultiCluster.Sandbox.Containers;

/// <summary>A running container, as far as others do something in it.</summary>
internal abstract class Container : IAsyncDisposable
{
    /// <summary>What a runtime calls it.</summary>
    public string Id { get; } = $"{Guid.NewGuid():n}{Guid.NewGuid():n}";

    /// <summary>True where programs get terminals of the machine.</summary>
    public virtual bool HasTerminals => false;

    /// <summary>Runs a command in it, and returns its exit code.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="streams">What it reads and writes.</param>
    /// <param name="killed">Ends it.</param>
    /// <exception cref="ProgramMissingException">There is no such program.</exception>
    public abstract Task<int> RunAsync(IReadOnlyList<string> command, ProgramStreams streams, CancellationToken killed);

    /// <summary>Whether it has a program of this name.</summary>
    public abstract bool Has(string program);

    /// <summary>Whether something answers at a port.</summary>
    public abstract bool Listens(int port);

    /// <summary>Connects to a port of it.</summary>
    /// <exception cref="IOException">Nothing listens there.</exception>
    public abstract ValueTask<Stream> ConnectAsync(int port, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}

/// <summary>What a program reads and writes. With a terminal, what is written as an error is written as output.</summary>
/// <param name="Input">Null for none: a program that reads is at its end.</param>
/// <param name="Terminal">Null for none.</param>
internal sealed record ProgramStreams(Stream? Input, Stream Output, Stream Error, Terminal? Terminal = null);

/// <summary>A program that a container does not have.</summary>
internal sealed class ProgramMissingException(string name) : Exception(
    // As runc looks for it.
    name.Contains('/', StringComparison.Ordinal)
        ? $"exec: \"{name}\": stat {name}: no such file or directory"
        : $"exec: \"{name}\": executable file not found in $PATH");
