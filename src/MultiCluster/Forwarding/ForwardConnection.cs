using System.Buffers;
using System.Net.Sockets;
using MultiCluster.Faults;

namespace MultiCluster.Forwarding;

/// <summary>
/// One connection of a client, led to a pod and back. Each direction takes no more than the other end has room for. A client that has nothing
/// more to send still gets what the pod has to say; the pod is not told, since the protocol cannot. What ends as the pod wanted ends so for the
/// client (FIN); what fails is reset (RST), so that a client takes no half for the whole.
/// </summary>
internal sealed class ForwardConnection : IDisposable
{
    /// <summary>How long a pod may be silent to a client that sends nothing more, and may long have gone.</summary>
    public static readonly TimeSpan Linger = TimeSpan.FromSeconds(10);

    /// <summary>How long a client may take to notice that the pod has closed, before what it still sends resets its connection.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private const int Buffer = 32 * 1024;

    private readonly Socket _client;
    private readonly PodRoute _route;
    private readonly KubePortForward _forward;
    private readonly ConnectionPlaces.Place _place;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ending;
    private readonly CancellationToken _ended;
    private volatile bool _halfClosed;

    public ForwardConnection(Socket client, PodRoute route, KubePortForward forward, ConnectionPlaces.Place place, TimeProvider time)
    {
        (_client, _route, _forward, _place, _time) = (client, route, forward, place, time);
        _ending = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _ended = _ending.Token;
    }

    /// <summary>Leads bytes both ways until one side has had enough.</summary>
    public async Task RunAsync(CancellationToken stopped)
    {
        using var stop = stopped.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _ending);
        var orderly = false;
        try
        {
            _client.NoDelay = true;
            using var pod = await _route.OpenAsync(_ended).ConfigureAwait(false);
            try
            {
                orderly = await RelayAsync(pod).ConfigureAwait(false);
            }
            catch (FaultException e)
            {
                _route.Failed(e.Fault);
            }
        }
        catch (FaultException)
        {
            // No pod was reached: the route has told why.
        }

        if (orderly && !stopped.IsCancellationRequested)
            await SayGoodbyeAsync(stopped).ConfigureAwait(false);
        else
            _client.LingerState = new LingerOption(true, 0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _ending.Dispose();
    }

    /// <summary>True when it ended as one of them wanted, and not by a failure.</summary>
    private async Task<bool> RelayAsync(PodPort pod)
    {
        var sending = SendAsync(pod);
        try
        {
            await ReceiveAsync(pod).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return _halfClosed;
        }
        catch (SocketException)
        {
            return false; // the client is gone
        }
        finally
        {
            await _ending.CancelAsync().ConfigureAwait(false);
            await sending.ConfigureAwait(false);
        }
    }

    /// <summary>From the pod to the client.</summary>
    private async Task ReceiveAsync(PodPort pod)
    {
        while (await pod.ReadAsync(_ended).ConfigureAwait(false) is { IsEmpty: false } bytes)
        {
            _forward.Received(bytes.Length);
            if (_halfClosed)
                _ending.CancelAfter(Timeout.InfiniteTimeSpan); // it is the client now who is waited for
            while (bytes.Length > 0)
                bytes = bytes[await _client.SendAsync(bytes, SocketFlags.None, _ended).ConfigureAwait(false)..];
            if (_halfClosed)
                _ending.CancelAfter(Linger);
        }
    }

    /// <summary>From the client to the pod.</summary>
    private async Task SendAsync(PodPort pod)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Buffer);
        try
        {
            while (await _client.ReceiveAsync(buffer.AsMemory(), SocketFlags.None, _ended).ConfigureAwait(false) is var count and > 0)
            {
                await pod.WriteAsync(buffer.AsMemory(0, count), _ended).ConfigureAwait(false);
                _forward.Sent(count);
            }

            _halfClosed = true;
            _ending.CancelAfter(Linger);
            _place.Linger(End);
        }
        catch (SocketException)
        {
            End(); // the client has reset the connection: nobody reads any more
        }
        catch (Exception e) when (e is FaultException or OperationCanceledException or ObjectDisposedException)
        {
            // Who reads from the pod hears why.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>
    /// Tells the client that nothing more comes, and takes what it still sends: a system that has bytes which nobody reads resets the
    /// connection, and with that what the client has not read yet.
    /// </summary>
    private async Task SayGoodbyeAsync(CancellationToken stopped)
    {
        try
        {
            _client.Shutdown(SocketShutdown.Send);
            if (_halfClosed)
                return;
            using var patience = new CancellationTokenSource(Farewell, _time);
            using var stop = stopped.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), patience);
            var rest = new byte[1024];
            while (await _client.ReceiveAsync(rest.AsMemory(), SocketFlags.None, patience.Token).ConfigureAwait(false) > 0)
            {
                // Nobody is there who wants it.
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client has gone, or had its time.
        }
    }

    private void End()
    {
        try
        {
            _ending.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended meanwhile.
        }
    }
}
