using System.Globalization;
using System.Text.Json;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Changes;
using MultiCluster.Sandbox.Faults;

namespace MultiCluster.Benchmarks.Servers;

/// <summary>What was written to a cluster since its last churn or its logs began, and how many watches it has been asked for in all.</summary>
internal sealed record ClusterWrites(long Created, long Updated, long Deleted, long Watches, IReadOnlyList<long> Lines);

/// <summary>The other end of <see cref="Simulator"/>: simulated clusters in a process of their own, so that they share no heap and no threads with what is measured.</summary>
internal sealed class SimulatorServer : IAsyncDisposable
{
    /// <summary>The command's name, for this program alone.</summary>
    public const string Command = "serve";

    private readonly SimulatedFleet _fleet;
    private readonly List<Churn> _churns = [];
    private SimulatedLogs? _logs;

    private SimulatorServer(SimulatedFleet fleet) => _fleet = fleet;

    /// <summary>Serves until standard input ends. Each line is a command with its numbers, and is answered by one line when it is done.</summary>
    public static async Task RunAsync(string kubeconfig, int clusters, int pods, int nodes)
    {
        await using var server = new SimulatorServer(await SimulatedFleet.StartAsync(new FleetOptions { Clusters = clusters, Pods = pods, Nodes = nodes }));
        server._fleet.WriteKubeconfig(kubeconfig);
        await Console.Out.WriteLineAsync("ready");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var words = line.Split(' ');
            await Console.Out.WriteLineAsync(await server.DoAsync(words[0], [.. words.Skip(1).Select(text => int.Parse(text, CultureInfo.InvariantCulture))]));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var churn in _churns)
            await churn.DisposeAsync();
        await _fleet.DisposeAsync();
    }

    private async Task<string> DoAsync(string command, int[] numbers)
    {
        switch (command)
        {
            case "faults":
                Set(TimeSpan.FromMilliseconds(numbers[0]), numbers[1], numbers[2]);
                break;
            case "chaos":
                for (var i = 0; i < _fleet.Clusters.Count; i++)
                    _fleet.Clusters[i].Faults.Add(ClusterFault.WatchChaos(seed: i, TimeSpan.FromMilliseconds(numbers[0])));
                break;
            case "churn":
                await ChurnAsync(new ChurnOptions { WritesPerSecond = numbers[0], Writes = numbers[1] });
                break;
            case "logs":
                _logs = new SimulatedLogs(_fleet.Clusters, numbers[0]);
                break;
            case "files":
                foreach (var cluster in _fleet.Clusters)
                    SimulatedFiles.Fill(cluster, numbers[0]);
                break;
            case "write":
                _logs!.Write(numbers[0]);
                break;
            case "ports":
                foreach (var cluster in _fleet.Clusters)
                    SimulatedPorts.Add(cluster);
                break;
            case "nodes":
                foreach (var cluster in _fleet.Clusters)
                    SimulatedNodes.Fill(cluster, numbers[0], numbers[1], TimeSpan.FromMilliseconds(numbers[2]));
                break;
            case "truth":
                return JsonSerializer.Serialize(_fleet.Clusters.Select(SimulatedNodes.Truth));
            case "written":
                await Task.WhenAll(_churns.Select(churn => churn.Completion));
                return JsonSerializer.Serialize(_fleet.Clusters.Select(Written));
        }

        return "ready";
    }

    private async Task ChurnAsync(ChurnOptions options)
    {
        foreach (var churn in _churns)
            await churn.DisposeAsync();

        // Names that an earlier churn has used are not made again.
        var seed = _churns.Count;
        _churns.Clear();
        _churns.AddRange(_fleet.Clusters.Select((cluster, i) => Churn.Start(cluster, options with { Seed = seed + i + 1 })));
    }

    private ClusterWrites Written(SimulatedCluster cluster, int i)
    {
        var churn = i < _churns.Count ? _churns[i] : null;
        var watches = cluster.Requests.All.Count(static request => request.Query.Contains("watch=", StringComparison.Ordinal));
        return new ClusterWrites(churn?.Created ?? 0, churn?.Updated ?? 0, churn?.Deleted ?? 0, watches, _logs?.Lines(cluster) ?? []);
    }

    private void Set(TimeSpan latency, int dead, int refusing)
    {
        var clusters = _fleet.Clusters;
        for (var i = 0; i < clusters.Count; i++)
        {
            var faults = clusters[i].Faults;
            faults.Clear();
            if (i >= clusters.Count - dead)
                faults.Add(ClusterFault.BlackHole());
            else if (i >= clusters.Count - dead - refusing)
                faults.Add(ClusterFault.Unauthorized());
            else if (latency > TimeSpan.Zero)
                faults.Add(ClusterFault.Latency(latency).When(request => request.Resource == "pods"));
        }
    }
}
