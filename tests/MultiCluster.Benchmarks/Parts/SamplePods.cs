using MultiCluster.Benchmarks.Servers;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Sandbox;

namespace MultiCluster.Benchmarks.Parts;

/// <summary>The simulator's pods, as bytes.</summary>
internal static class SamplePods
{
    public static ClusterIdentity Cluster { get; } = ClusterIdentity.Of("/sample", "sample");

    public static ResourceKind Kind { get; } = new() { Group = "", Version = "v1", Kind = "Pod", Plural = "pods", Singular = "pod", Namespaced = true };

    public static Task<byte[]> ListAsync(int pods) => AskAsync(pods, client => client.Http.GetByteArrayAsync(new Uri("api/v1/pods", UriKind.Relative)));

    /// <summary>The lines of a watch that begins with every pod.</summary>
    public static Task<byte[]> WatchAsync(int pods) => AskAsync(pods, async client =>
    {
        using var stop = new CancellationTokenSource();
        using var lines = new MemoryStream();
        var left = pods;
        try
        {
            await client.ReadLinesAsync("api/v1/pods?watch=true", Take, stop.Token);
        }
        catch (OperationCanceledException)
        {
            // All have come; the watch itself has no end.
        }

        return lines.ToArray();

        void Take(string line)
        {
            lines.Write(System.Text.Encoding.UTF8.GetBytes(line + "\n"));
            if (--left == 0)
                stop.Cancel();
        }
    });

    private static async Task<byte[]> AskAsync(int pods, Func<RawClient, Task<byte[]>> ask)
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Pods = pods });
        var folder = Directory.CreateTempSubdirectory("multicluster-benchmarks-").FullName;
        try
        {
            var kubeconfig = Path.Combine(folder, "sample");
            fleet.WriteKubeconfig(kubeconfig);
            using var client = RawClient.Of(kubeconfig)[0];
            return await ask(client);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
