using MultiCluster.Sandbox.Containers.Programs;

namespace MultiCluster.Sandbox.Containers;

/// <summary>
/// A container whose programs are C# over a folder of its own: nothing in it is a process of this machine, and nothing reaches a file outside.
/// </summary>
internal sealed class SimulatedContainer : Container
{
    private const int Killed = 137, Interrupted = 130, BrokenPipe = 141;

    private readonly ContainerOptions _options;
    private readonly IReadOnlyCollection<int> _ports;
    private readonly Lazy<ContainerFiles> _files;

    /// <param name="hostName">The pod's name.</param>
    /// <param name="options">What it is made of.</param>
    /// <param name="environment">Variables that the pod gives it.</param>
    /// <param name="ports">Ports that the pod declares.</param>
    /// <param name="time">The cluster's clock.</param>
    public SimulatedContainer(
        string hostName, ContainerOptions options, IEnumerable<KeyValuePair<string, string>> environment, IReadOnlyCollection<int> ports, TimeProvider time)
    {
        (HostName, _options, _ports, Time) = (hostName, options, ports, time);
        Environment = new Dictionary<string, string>
        {
            ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            ["HOSTNAME"] = hostName,
            ["HOME"] = "/root",
            ["KUBERNETES_SERVICE_HOST"] = "10.96.0.1",
            ["KUBERNETES_SERVICE_PORT"] = "443",
            ["KUBERNETES_SERVICE_PORT_HTTPS"] = "443",
            ["KUBERNETES_PORT"] = "tcp://10.96.0.1:443",
        };
        foreach (var (name, value) in environment) Environment[name] = value;
        _files = new Lazy<ContainerFiles>(() =>
        {
            var files = new ContainerFiles();
            ContainerImage.Fill(files, hostName, ProgramNames);
            options.Prepare?.Invoke(files);
            return files;
        });
    }

    public string HostName { get; }

    public TimeProvider Time { get; }

    public Dictionary<string, string> Environment { get; }

    /// <summary>Made when something first asks for them.</summary>
    public ContainerFiles Files => _files.Value;

    public IEnumerable<string> ProgramNames => StandardPrograms.All.Keys.Where(IsThere).Concat(_options.Programs.Keys).Distinct().Order(StringComparer.Ordinal);

    public override async Task<int> RunAsync(IReadOnlyList<string> command, ProgramStreams streams, CancellationToken killed)
    {
        var program = Find(command[0]) ?? throw new ProgramMissingException(command[0]);
        using var interrupted = new CancellationTokenSource();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(killed, interrupted.Token);
        var before = streams.Terminal?.OnInterrupt(() => interrupted.CancelAsync());
        try
        {
            var context = new ProgramContext(this, command, streams) { Ended = ended.Token };
            if (streams.Terminal is not null) context.Environment["TERM"] = "xterm";
            var exitCode = await RunAsync(program, context);
            return killed.IsCancellationRequested ? Killed : exitCode;
        }
        finally
        {
            streams.Terminal?.OnInterrupt(before);
        }
    }

    /// <summary>Runs a program to its end, whatever that is.</summary>
    public static async Task<int> RunAsync(ContainerProgram program, ProgramContext context)
    {
        try
        {
            return await program(context);
        }
        catch (OperationCanceledException) when (context.Ended.IsCancellationRequested)
        {
            return Interrupted;
        }
        catch (BrokenPipeException)
        {
            return BrokenPipe;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await context.FailAsync(e.Message);
        }
    }

    /// <summary>A program by its name or its path; null when there is none.</summary>
    public ContainerProgram? Find(string name)
    {
        var plain = name;
        if (name.Contains('/', StringComparison.Ordinal))
        {
            var folder = name[..name.LastIndexOf('/')];
            if (folder is not ("/bin" or "/usr/bin" or "/usr/local/bin" or "/sbin")) return null;
            plain = name[(folder.Length + 1)..];
        }
        return _options.Programs.GetValueOrDefault(plain) ?? (IsThere(plain) ? StandardPrograms.All.GetValueOrDefault(plain) : null);
    }

    public override bool Has(string program) => Find(program) is not null;

    public override bool Listens(int port) => _options.Ports.ContainsKey(port) || _ports.Contains(port);

    public override ValueTask<Stream> ConnectAsync(int port, CancellationToken cancellationToken)
    {
        if (!_options.Ports.TryGetValue(port, out var serve))
            serve = _ports.Contains(port) ? new EchoServer(HostName).ServeAsync : throw new IOException("connect: connection refused");
        return ValueTask.FromResult(LocalConnection.Open(serve, cancellationToken));
    }

    public override ValueTask DisposeAsync()
    {
        if (_files.IsValueCreated) _files.Value.Dispose();
        return ValueTask.CompletedTask;
    }

    private bool IsThere(string program) => program switch
    {
        "sh" => _options.HasShell,
        "tar" => _options.HasTar,
        _ => true,
    };
}
