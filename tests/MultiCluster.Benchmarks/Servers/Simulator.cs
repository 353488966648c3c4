using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace MultiCluster.Benchmarks.Servers;

/// <summary>Simulated clusters in a child process.</summary>
internal sealed class Simulator : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private Simulator(Process process, string folder)
    {
        _process = process;
        _folder = folder;
    }

    /// <summary>A kubeconfig with a context for each cluster: <c>sim-1</c>, <c>sim-2</c>...</summary>
    public string Kubeconfig => Path.Combine(_folder, "benchmarks");

    /// <summary>The processor time that the servers have taken.</summary>
    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <param name="clusters">How many clusters.</param>
    /// <param name="pods">Pods in each.</param>
    /// <param name="nodes">Nodes in each, where it has pods.</param>
    public static async Task<Simulator> StartAsync(int clusters, int pods, int nodes = 100)
    {
        var folder = Directory.CreateTempSubdirectory("multicluster-benchmarks-").FullName;
        var start = new ProcessStartInfo(
            Environment.ProcessPath!,
            [
                .. Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? new[] { typeof(Simulator).Assembly.Location } : [],
                SimulatorServer.Command, Path.Combine(folder, "benchmarks"), .. new[] { clusters, pods, nodes }.Select(static number => number.ToString(CultureInfo.InvariantCulture)),
            ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var simulator = new Simulator(Process.Start(start)!, folder);
        await simulator.WaitAsync();
        return simulator;
    }

    /// <summary>Sets what is wrong: how long a list of pods takes, how many clusters (the last) are black holes, and how many (before those) refuse logins.</summary>
    public Task SetAsync(int latency = 0, int dead = 0, int refusing = 0) => DoAsync("faults", latency, dead, refusing);

    /// <summary>Breaks every watch at random, each after about so many milliseconds; <see cref="SetAsync"/> ends it.</summary>
    public Task BreakWatchesAsync(int milliseconds) => DoAsync("chaos", milliseconds);

    /// <summary>Begins to change pods in every cluster; serial numbers begin anew.</summary>
    /// <param name="perSecond">Writes per second to each cluster.</param>
    /// <param name="writes">Writes to each cluster in all.</param>
    public Task ChurnAsync(int perSecond, int writes) => DoAsync("churn", perSecond, writes);

    /// <summary>Makes so many pods in every cluster that write to their logs when <see cref="WriteLogsAsync"/> says so.</summary>
    public Task AddLogsAsync(int pods) => DoAsync("logs", pods);

    /// <summary>Makes a pod in every cluster that has a file of so many megabytes (<see cref="SimulatedFiles"/>).</summary>
    public Task AddFilesAsync(int megabytes) => DoAsync("files", megabytes);

    /// <summary>Has every container of these pods write so many lines a second from now on.</summary>
    public Task WriteLogsAsync(int linesPerSecond) => DoAsync("write", linesPerSecond);

    /// <summary>Makes a pod with ports in every cluster (<see cref="SimulatedPorts"/>).</summary>
    public Task AddPortsAsync() => DoAsync("ports");

    /// <summary>Makes nodes with pods to be drained in every cluster, anew, and lets the controllers work (<see cref="SimulatedNodes"/>). What was asked before is forgotten.</summary>
    public Task FillNodesAsync(int nodes, int podsPerNode, TimeSpan terminationTime) => DoAsync("nodes", nodes, podsPerNode, (int)terminationTime.TotalMilliseconds);

    /// <summary>What each cluster knows of the drains since then.</summary>
    public async Task<IReadOnlyList<NodeTruth>> TruthAsync() => JsonSerializer.Deserialize<NodeTruth[]>(await DoAsync("truth"))!;

    /// <summary>Waits until the churn is over; returns what was written to each cluster.</summary>
    public async Task<IReadOnlyList<ClusterWrites>> WrittenAsync() => JsonSerializer.Deserialize<ClusterWrites[]>(await DoAsync("written"))!;

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<string> DoAsync(string command, params IReadOnlyList<int> numbers)
    {
        await _process.StandardInput.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{command} {string.Join(' ', numbers)}").TrimEnd());
        return await WaitAsync();
    }

    private async Task<string> WaitAsync() => await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The simulator ended.");
}
