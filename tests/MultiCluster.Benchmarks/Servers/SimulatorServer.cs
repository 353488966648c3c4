using System.Globalization;
using MultiCluster.Sandbox;

namespace MultiCluster.Benchmarks.Servers;

/// <summary>The other end of <see cref="Simulator"/>: simulated clusters in a process of their own, so that they share no heap and no threads with what is measured.</summary>
internal static class SimulatorServer
{
    /// <summary>The command's name, for this program alone.</summary>
    public const string Command = "serve";

    /// <summary>Serves until standard input ends. Each line sets the faults anew: milliseconds before a list, black-holed clusters, clusters that refuse logins.</summary>
    public static async Task RunAsync(string kubeconfig, int clusters, int pods)
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = clusters, Pods = pods, Nodes = 100 });
        fleet.WriteKubeconfig(kubeconfig);
        await Console.Out.WriteLineAsync("ready");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var numbers = line.Split(' ').Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
            Set(fleet.Clusters, TimeSpan.FromMilliseconds(numbers[0]), numbers[1], numbers[2]);
            await Console.Out.WriteLineAsync("ready");
        }
    }

    private static void Set(IReadOnlyList<SimulatedCluster> clusters, TimeSpan latency, int dead, int refusing)
    {
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
