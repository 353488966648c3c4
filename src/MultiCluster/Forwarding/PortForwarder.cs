using System.Net.Sockets;
using MultiCluster.Clusters;
using MultiCluster.Faults;

namespace MultiCluster.Forwarding;

/// <summary>Listens on a local port, and leads each connection to the target's pod, until it is stopped or its cluster is deselected.</summary>
internal sealed class PortForwarder : IDisposable
{
    /// <summary>Connections of one forward at once; the others wait where the system keeps them.</summary>
    public const int MostConnections = 128;

    /// <summary>How long it rests when the system has no connection to give: no file descriptor is left, mostly.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(200);

    private readonly LocalListener _listener;
    private readonly ForwardStore _store;
    private readonly PodRoute _route;
    private readonly ConnectionPlaces _places = new(MostConnections);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationToken _stopped;
    private CancellationTokenRegistration _disconnected;
    private int _running = 1;
    private int _isStopped;

    private PortForwarder(LocalListener listener, ForwardStore store, ForwardTarget target, ForwardPort port, TargetPod first, (int Remote, int Pod) ports)
    {
        (_listener, _store, Time, _stopped) = (listener, store, target.Connection.Time, _stop.Token);
        Forward = new KubePortForward(store.NextId(), this, target, first, listener.EndPoint, ports);
        _route = new PodRoute(target, port, first, Forward);
    }

    /// <summary>What a user sees of it.</summary>
    public KubePortForward Forward { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Ends when it was stopped and its last connection is closed.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Begins; it listens when this returns.</summary>
    /// <exception cref="FaultException">The target has no such port, or the local one cannot be listened on.</exception>
    public static PortForwarder Start(ForwardStore store, ForwardTarget target, ForwardPort port, TargetPod first, ListenAddresses addresses)
    {
        var ports = TargetPorts.Resolve(port, first);
        var forwarder = new PortForwarder(LocalListener.Open(addresses, port.Local), store, target, port, first, ports);
        store.Add(forwarder.Forward);
        foreach (var socket in forwarder._listener.Sockets)
            forwarder.Run(() => forwarder.AcceptAsync(socket));
        forwarder._disconnected = target.Connection.Disconnected.UnsafeRegister(
            static state => ((PortForwarder)state!).Stop(ClusterConnection.DisconnectedFault()), forwarder);
        return forwarder;
    }

    /// <summary>Listens no more, at once, and resets what is open.</summary>
    /// <param name="why">Why, where it was not asked for.</param>
    public void Stop(Fault? why = null)
    {
        if (Interlocked.Exchange(ref _isStopped, 1) == 1)
            return;
        _listener.Dispose();
        _store.Remove(Forward);
        Forward.Ends(why);
        _disconnected.Unregister();
        _ = EndAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => Stop();

    private async Task EndAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false); // what it wakes need not be waited for by who stops it
        Leave();
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (!_stopped.IsCancellationRequested)
        {
            var place = await _places.EnterAsync(_stopped).ConfigureAwait(false);
            Socket? client = null;
            try
            {
                client = await listener.AcceptAsync(_stopped).ConfigureAwait(false);
            }
            catch (SocketException) when (!_stopped.IsCancellationRequested)
            {
                await Task.Delay(Rest, Time, _stopped).ConfigureAwait(false);
            }
            finally
            {
                if (client is null)
                    place.Dispose();
            }

            if (client is not null)
                Run(() => ServeAsync(client, place));
        }
    }

    private async Task ServeAsync(Socket client, ConnectionPlaces.Place place)
    {
        using var kept = place;
        using var connection = new ForwardConnection(client, _route, Forward, place, Time);
        Forward.Opened();
        try
        {
            await connection.RunAsync(_stopped).ConfigureAwait(false);
        }
        finally
        {
            Forward.Closed();
        }
    }

    /// <summary>Runs a part of it, which counts until it has ended, however that may be.</summary>
    private void Run(Func<Task> part)
    {
        Interlocked.Increment(ref _running);
        _ = CountedAsync();

        async Task CountedAsync()
        {
            try
            {
                await Task.Yield();
                await part().ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                // It was stopped.
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                Forward.Fails(UnforeseenFault.Of(e));
            }
            finally
            {
                Leave();
            }
        }
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _running) > 0)
            return;
        _stop.Dispose();
        _places.Dispose();
        _route.Dispose();
        _ended.TrySetResult();
    }
}
