using System.Diagnostics;

namespace MultiCluster.Sandbox.Containers;

/// <summary>A container whose programs are processes of this machine, in a temporary folder. Only a test that asks for it gets one.</summary>
internal sealed class ProcessContainer(string hostName, ContainerOptions options, IEnumerable<KeyValuePair<string, string>> environment) : Container
{
    private readonly Lazy<string> _folder = new(() => Directory.CreateTempSubdirectory("sandbox-processes-").FullName);

    /// <summary>Where the programs begin.</summary>
    public string Folder => _folder.Value;

    public override bool HasTerminals => true;

    public override async Task<int> RunAsync(IReadOnlyList<string> command, ProgramStreams streams, CancellationToken killed)
    {
        if (!Has(command[0])) throw new ProgramMissingException(command[0]);
        if (streams.Terminal is not null) return await PseudoTerminal.RunAsync(Start(command), streams.Terminal, streams, killed);
        var start = Start(command);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        using var process = Process.Start(start)!;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(killed);
        await using var kill = killed.Register(() => Kill(process));
        var typing = SendAsync(streams.Input, process.StandardInput.BaseStream, ended.Token);
        await Task.WhenAll(
            CopyAsync(process.StandardOutput.BaseStream, streams.Output, process, killed),
            CopyAsync(process.StandardError.BaseStream, streams.Error, process, killed));
        await process.WaitForExitAsync(CancellationToken.None);
        await ended.CancelAsync();
        await typing;
        return process.ExitCode;
    }

    public override bool Has(string program) => program.Contains('/', StringComparison.Ordinal)
        ? File.Exists(program)
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    public override bool Listens(int port) => options.Ports.ContainsKey(port);

    public override ValueTask<Stream> ConnectAsync(int port, CancellationToken cancellationToken) => ValueTask.FromResult(LocalConnection.Open(options.Ports[port], cancellationToken));

    public override ValueTask DisposeAsync()
    {
        if (_folder.IsValueCreated) Directory.Delete(_folder.Value, recursive: true);
        return ValueTask.CompletedTask;
    }

    public static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }

    private ProcessStartInfo Start(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { WorkingDirectory = Folder, UseShellExecute = false };
        start.Environment["HOSTNAME"] = hostName;
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return start;
    }

    private static async Task SendAsync(Stream? from, Stream to, CancellationToken cancellationToken)
    {
        try
        {
            await using (to)
            {
                var buffer = new byte[32 * 1024];
                while (from is not null && await from.ReadAsync(buffer, cancellationToken) is var read and > 0)
                {
                    await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                    await to.FlushAsync(cancellationToken);
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The process has ended.
        }
    }

    private static async Task CopyAsync(Stream from, Stream to, Process process, CancellationToken killed)
    {
        try
        {
            await from.CopyToAsync(to, 32 * 1024, killed);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Nobody reads any more: as with a broken pipe, it ends.
            Kill(process);
        }
    }
}
