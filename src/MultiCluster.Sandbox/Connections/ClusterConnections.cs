using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace MultiCluster.Sandbox.Connections;

/// <summary>One cluster's port, and the TCP connections that are open to it.</summary>
internal sealed class ClusterConnections
{
    private readonly ConcurrentDictionary<ConnectionContext, byte> _open = new();
    private readonly Lock _lock = new();
    private ClusterListener _listener = null!;
    private int _refusals;

    public int Count => _open.Count;

    public int Port => ((IPEndPoint)_listener.EndPoint).Port;

    /// <summary>Tells where the cluster listens.</summary>
    public void Attach(ClusterListener listener) => _listener = listener;

    /// <summary>Refuses connections and drops those that are open, until <see cref="Accept"/> is called as often.</summary>
    public void Refuse()
    {
        lock (_lock)
        {
            if (_refusals++ == 0) _listener.Close();
        }
        AbortAll();
    }

    public void Accept()
    {
        lock (_lock)
        {
            if (--_refusals == 0) _listener.Open();
        }
    }

    public async Task RunAsync(ConnectionContext connection, Func<Task> serve)
    {
        _open[connection] = 0;
        try
        {
            await serve();
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
}
