using System.Buffers.Binary;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Containers;

namespace MultiCluster.Benchmarks.Servers;

/// <summary>A pod that answers HTTP at one port, and at another sends as many bytes as it is asked for.</summary>
internal static class SimulatedPorts
{
    public const string Pod = "server";
    public const int Http = 8080;
    public const int Bytes = 9000;

    public static void Add(SimulatedCluster cluster)
    {
        cluster.Containers.Use("default", Pod, new ContainerOptions { Ports = new Dictionary<int, Func<Stream, CancellationToken, Task>> { [Bytes] = SendAsync } });
        cluster.Store.Add("""{"apiVersion":"v1","kind":"Node","metadata":{"name":"worker"}}""");
        cluster.Store.Add($$"""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{Pod}}","namespace":"default"},
             "spec":{"nodeName":"worker","containers":[ {"name":"app","image":"x","ports":[ {"containerPort":{{Http}} } ]} ]},
             "status":{"phase":"Running","conditions":[ {"type":"Ready","status":"True"} ]} }
            """);
    }

    /// <summary>Eight bytes say how many are wanted.</summary>
    private static async Task SendAsync(Stream connection, CancellationToken cancellationToken)
    {
        var asked = new byte[sizeof(long)];
        await connection.ReadExactlyAsync(asked, cancellationToken);
        var piece = new byte[64 * 1024];
        for (var left = BinaryPrimitives.ReadInt64LittleEndian(asked); left > 0; left -= piece.Length)
            await connection.WriteAsync(piece.AsMemory(0, (int)Math.Min(left, piece.Length)), cancellationToken);
    }
}
