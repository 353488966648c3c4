using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;
using MultiCluster.Sandbox.Faults;

namespace MultiCluster.Sandbox.Hosting;

/// <summary>The TCP connections open to one cluster.</summary>
internal sealed class ClusterConnections(SimulatedCluster cluster)
{
    private readonly ConcurrentDictionary<ConnectionContext, byte> _open = new();

    public int Count => _open.Count;

    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate tls, ConnectionDelegate http)
    {
        _open[connection] = 0;
        connection.Features.Set(cluster);
        try
        {
            switch (cluster.Faults.OnConnection())
            {
                case ConnectionTreatment.Silence:
                    await SwallowAsync(connection);
                    break;
                case ConnectionTreatment.PlainHttp:
                    await http(connection);
                    break;
                default:
                    await tls(connection);
                    break;
            }
        }
        finally
        {
            _open.TryRemove(connection, out _);
        }
    }

    public void AbortAll()
    {
        foreach (var connection in _open.Keys) connection.Abort(new ConnectionAbortedException("The simulated cluster stopped."));
    }

    private static async Task SwallowAsync(ConnectionContext connection)
    {
        try
        {
            while (true)
            {
                var read = await connection.Transport.Input.ReadAsync(connection.ConnectionClosed);
                connection.Transport.Input.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) return;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client went away, as it must.
        }
    }
}
