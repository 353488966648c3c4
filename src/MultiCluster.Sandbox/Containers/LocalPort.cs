using System.Net;
using System.Net.Sockets;

namespace MultiCluster.Sandbox.Containers;

/// <summary>Leads connections to a container's port on to a port of this machine.</summary>
public static class LocalPort
{
    /// <summary>For <see cref="ContainerOptions.Ports"/>: a port of 127.0.0.1.</summary>
    public static Func<Stream, CancellationToken, Task> To(int port) => (connection, cancellationToken) => RelayAsync(connection, port, cancellationToken);

    private static async Task RelayAsync(Stream connection, int port, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        var local = client.GetStream();
        var up = CopyAsync(connection, local, () => client.Client.Shutdown(SocketShutdown.Send), cancellationToken);
        await local.CopyToAsync(connection, cancellationToken);
        _ = up; // Ends with the connection.
    }

    private static async Task CopyAsync(Stream from, Stream to, Action atEnd, CancellationToken cancellationToken)
    {
        try
        {
            await from.CopyToAsync(to, cancellationToken);
            atEnd();
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The other side went away.
        }
    }
}
