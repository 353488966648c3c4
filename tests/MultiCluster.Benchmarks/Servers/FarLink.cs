using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using System.Threading.Channels;

namespace MultiCluster.Benchmarks.Servers;

/// <summary>
/// A link to servers that are far away: what passes is delayed by half a round trip each way, and no faster than a rate, which all its
/// connections share. It has an address of its own for each server.
/// </summary>
internal sealed class FarLink : IDisposable
{
    private const int Chunk = 16 * 1024;

    /// <summary>Chunks under way on one connection: 8 MiB, more than the longest and fastest link here holds.</summary>
    private const int Capacity = 512;

    private readonly List<TcpListener> _listeners = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeSpan _roundTrip;
    private readonly Pace _down;
    private readonly Pace _up;

    /// <param name="megabits">The rate, in Mbit/s each way.</param>
    /// <param name="roundTrip">The round trip.</param>
    public FarLink(double megabits, TimeSpan roundTrip)
    {
        _roundTrip = roundTrip;
        _down = new Pace(megabits * 1e6 / 8);
        _up = new Pace(megabits * 1e6 / 8);
    }

    /// <summary>The kubeconfig with the servers' addresses at this end of the link.</summary>
    public string Through(string kubeconfig) =>
        Regex.Replace(kubeconfig, @"(?<=https://127\.0\.0\.1:)\d+", port => $"{Open(int.Parse(port.Value, CultureInfo.InvariantCulture))}");

    public void Dispose()
    {
        _stop.Cancel();
        foreach (var listener in _listeners)
            listener.Dispose();
        _stop.Dispose();
    }

    private int Open(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        _listeners.Add(listener);
        listener.Start();
        _ = AcceptAsync(listener, new IPEndPoint(IPAddress.Loopback, port));
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task AcceptAsync(TcpListener listener, IPEndPoint server)
    {
        try
        {
            while (true)
                _ = CarryAsync(await listener.AcceptTcpClientAsync(_stop.Token), server);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It is over.
        }
    }

    private async Task CarryAsync(TcpClient client, IPEndPoint server)
    {
        using var near = client;
        using var far = new TcpClient { NoDelay = true };
        near.NoDelay = true;
        try
        {
            await far.ConnectAsync(server, _stop.Token);

            // The system has made the connection at once; the handshake's round trip is paid here.
            await Task.Delay(_roundTrip, _stop.Token);
            await Task.WhenAny(PassAsync(near, far, _up), PassAsync(far, near, _down));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
        {
            // An end is gone; the other one sees it.
        }
    }

    private async Task PassAsync(TcpClient from, TcpClient to, Pace pace)
    {
        var link = Channel.CreateBounded<(byte[] Bytes, long At)>(Capacity);
        var delivering = DeliverAsync(link.Reader, to);
        try
        {
            var buffer = new byte[Chunk];
            while (await from.GetStream().ReadAsync(buffer, _stop.Token) is var read and > 0)
                await link.Writer.WriteAsync((buffer[..read], pace.Pass(read) + (long)(_roundTrip.TotalSeconds / 2 * Stopwatch.Frequency)), _stop.Token);
        }
        finally
        {
            link.Writer.Complete();
        }

        await delivering;
    }

    private async Task DeliverAsync(ChannelReader<(byte[] Bytes, long At)> link, TcpClient to)
    {
        await foreach (var (bytes, at) in link.ReadAllAsync(_stop.Token))
        {
            var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), at);
            if (left > TimeSpan.Zero)
                await Task.Delay(left, _stop.Token);
            await to.GetStream().WriteAsync(bytes, _stop.Token);
        }
    }

    /// <summary>One direction's bytes, one after the other.</summary>
    private sealed class Pace(double bytesPerSecond)
    {
        private readonly Lock _gate = new();
        private long _free;

        /// <summary>When so many bytes have left.</summary>
        public long Pass(int bytes)
        {
            lock (_gate)
            {
                _free = Math.Max(_free, Stopwatch.GetTimestamp()) + (long)(bytes / bytesPerSecond * Stopwatch.Frequency);
                return _free;
            }
        }
    }
}
