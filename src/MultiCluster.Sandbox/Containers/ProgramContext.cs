using System.Text;

namespace MultiCluster.Sandbox.Containers;

/// <summary>A program of a simulated container; what it returns is its exit code.</summary>
public delegate Task<int> ContainerProgram(ProgramContext context);

/// <summary>What a program knows of the container that it runs in.</summary>
public sealed class ProgramContext
{
    internal ProgramContext(SimulatedContainer container, IReadOnlyList<string> command, ProgramStreams streams)
    {
        Container = container;
        Command = command;
        Input = streams.Input ?? Stream.Null;
        Output = streams.Output;
        Error = streams.Error;
        Terminal = streams.Terminal;
        Environment = new Dictionary<string, string>(container.Environment);
    }

    /// <summary>Its name, as it was called.</summary>
    public string Name => Command[0];

    public IReadOnlyList<string> Arguments => field ??= [.. Command.Skip(1)];

    /// <summary>Ends when whoever writes to it has ended.</summary>
    public Stream Input { get; }

    /// <summary>Slow when its reader is; a <see cref="BrokenPipeException"/> when the reader is gone.</summary>
    public Stream Output { get; }

    public Stream Error { get; }

    /// <summary>Null when there is no terminal.</summary>
    public Terminal? Terminal { get; }

    /// <summary>What it changes here is the program's own.</summary>
    public Dictionary<string, string> Environment { get; init; }

    /// <summary>The container's files.</summary>
    public ContainerFiles Files => Container.Files;

    /// <summary>The working directory.</summary>
    public string Directory { get; set; } = "/";

    /// <summary>The program is to end.</summary>
    public CancellationToken Ended { get; init; }

    internal SimulatedContainer Container { get; }

    internal IReadOnlyList<string> Command { get; }

    /// <summary>A path as the program means it: from its working directory.</summary>
    public string PathOf(string path) => path.StartsWith('/') ? path : $"{Directory.TrimEnd('/')}/{path}";

    public ValueTask WriteAsync(string text) => Output.WriteAsync(Encoding.UTF8.GetBytes(text), Ended);

    public ValueTask WriteLineAsync(string text) => WriteAsync($"{text}\n");

    /// <summary>Writes an error, with the program's name before it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> FailAsync(string message, int exitCode = 1)
    {
        await Error.WriteAsync(Encoding.UTF8.GetBytes($"{Name}: {message}\n"), Ended);
        return exitCode;
    }
}
