namespace MultiCluster.Sandbox.Faults;

// What goes wrong with exec, attach and port-forward, once they are WebSockets. Before that, any fault of requests does: ProxyPage(200) for a
// proxy that knows no upgrade, Forbidden, Latency for a late 101. Bytes are those of the WebSocket after its 101: each frame's head, then its channel.
public abstract partial class ClusterFault
{
    /// <summary>After so many bytes nothing more comes, and the connection stays open.</summary>
    public static ClusterFault SocketStalls(long afterBytes = 0) => After(afterBytes, SocketEnd.Stalls);

    /// <summary>After so many bytes the connection is dropped: in the middle of a frame, where there are as many.</summary>
    public static ClusterFault SocketDrops(long afterBytes) => After(afterBytes, SocketEnd.Drops);

    /// <summary>After so many bytes the server's side of the connection ends, without a word of the WebSocket; it still reads.</summary>
    public static ClusterFault SocketHalfCloses(long afterBytes) => After(afterBytes, SocketEnd.HalfCloses);

    /// <summary>The server reads what is sent to it 1 KiB at a time, with a pause before each.</summary>
    public static ClusterFault SocketReadsSlowly(TimeSpan pause) =>
        new SocketFault((context, feature) => feature.Wrap = inner => new FaultySocket(inner, context, long.MaxValue, SocketEnd.Stalls, pause));

    /// <summary>The WebSocket is closed without telling how the command ended.</summary>
    public static ClusterFault ExitWithoutStatus() => new SocketFault((_, feature) => feature.KeepsStatus = true);

    private static SocketFault After(long bytes, SocketEnd end) =>
        new SocketFault((context, feature) => feature.Wrap = inner => new FaultySocket(inner, context, bytes, end, TimeSpan.Zero));
}
