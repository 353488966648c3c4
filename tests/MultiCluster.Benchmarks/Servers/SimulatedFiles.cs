using MultiCluster.Sandbox;

namespace MultiCluster.Benchmarks.Servers;

/// <summary>A pod with a big file.</summary>
internal static class SimulatedFiles
{
    public const string Namespace = "default";
    public const string Pod = "files";
    public const string Container = "app";

    /// <summary>The folder of the file, which is called <c>big</c>.</summary>
    public const string Folder = "/tmp";

    /// <summary>Makes them.</summary>
    public static void Fill(SimulatedCluster cluster, int megabytes)
    {
        cluster.Store.Add("""{"apiVersion":"v1","kind":"Node","metadata":{"name":"worker"}}""");
        cluster.Store.Add($$"""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{Pod}}","namespace":"{{Namespace}}"},
             "spec":{"nodeName":"worker","containers":[ {"name":"{{Container}}","image":"i"} ]},
             "status":{"phase":"Running","containerStatuses":[ {"name":"{{Container}}","state":{"running":{"startedAt":"2026-01-01T00:00:00Z"} },"restartCount":0} ]} }
            """);
        using var big = File.Create(cluster.Containers.FilesOf(Namespace, Pod, Container).Locate($"{Folder}/big"));
        var block = new byte[1_000_000];
        new Random(1).NextBytes(block);
        for (var i = 0; i < megabytes; i++)
            big.Write(block);
    }
}
