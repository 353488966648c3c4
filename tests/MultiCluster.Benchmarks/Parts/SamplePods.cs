using MultiCluster.Benchmarks.Servers;
using MultiCluster.Kubeconfig;
using MultiCluster.Resources;
using MultiCluster.Sandbox;

namespace MultiCluster.Benchmarks.Parts;

/// <summary>The simulator's pods, as bytes.</summary>
internal static class SamplePods
{
    public static ClusterIdentity Cluster { get; } = ClusterIdentity.Of("/sample", "sample");

    public static ResourceKind Kind { get; } = new() { Group = "", Version = "v1", Kind = "Pod", Plural = "pods", Singular = "pod", Namespaced = true };

    public static async Task<byte[]> ListAsync(int pods)
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Pods = pods });
        var folder = Directory.CreateTempSubdirectory("multicluster-benchmarks-").FullName;
        try
        {
            var kubeconfig = Path.Combine(folder, "sample");
            fleet.WriteKubeconfig(kubeconfig);
            using var client = RawClient.Of(kubeconfig)[0];
            return await client.Http.GetByteArrayAsync(new Uri("api/v1/pods", UriKind.Relative));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
