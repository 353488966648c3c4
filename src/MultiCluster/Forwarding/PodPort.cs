using System.Globalization;
using MultiCluster.Api.Channels;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Http;

namespace MultiCluster.Forwarding;

/// <summary>
/// One TCP connection to a port of a pod, over a WebSocket of its own (kubelet <c>cri/streaming/portforward/websocket.go</c>). Channel 0 is
/// data, 1 is why it failed, and both begin with the port. <c>v4.channel.k8s.io</c> is all there is for ports: the pod cannot be told that
/// nothing more comes while its answers are still read.
/// </summary>
internal sealed class PodPort : IDisposable
{
    private const byte Data = 0;
    private const byte Error = 1;

    /// <summary>Bytes of the port at the beginning of each channel.</summary>
    private const int Preamble = 2;

    private const int LongestError = 4096;

    private static readonly string[] Protocols = [ChannelProtocol.V4];

    private readonly ChannelSocket _socket;
    private readonly IDisposable _use;
    private readonly ClusterIdentity _cluster;
    private readonly string _operation;
    private readonly List<byte> _error = [];
    private int _dataPreamble = Preamble;
    private int _errorPreamble = Preamble;

    private PodPort(ChannelSocket socket, IDisposable use, ClusterIdentity cluster, string operation) => (_socket, _use, _cluster, _operation) = (socket, use, cluster, operation);

    /// <summary>Connects.</summary>
    /// <exception cref="FaultException">The pod is not there or does not run, the server refuses, or cannot be reached.</exception>
    public static async Task<PodPort> OpenAsync(ClusterConnection connection, string ns, string pod, int port, CallContext context, CancellationToken cancellationToken)
    {
        var operation = string.Create(CultureInfo.InvariantCulture, $"forward to port {port} of pod {ns}/{pod}");
        var path = string.Create(CultureInfo.InvariantCulture, $"/api/v1/namespaces/{Uri.EscapeDataString(ns)}/pods/{Uri.EscapeDataString(pod)}/portforward?ports={port}");
        var use = connection.Use();
        try
        {
            var request = new ApiRequest(HttpMethod.Get, path) { Operation = operation, Observer = context.Observer };
            var socket = await ChannelSocket.OpenAsync(connection.Session.Client, request, Protocols, context.Timeouts, cancellationToken).ConfigureAwait(false);
            return new PodPort(socket, use, connection.Identity, operation);
        }
        catch (FaultException e)
        {
            use.Dispose();
            throw new FaultException(ForwardFaults.Advised(e.Fault, ns));
        }
        catch
        {
            use.Dispose();
            throw;
        }
    }

    /// <summary>What comes next, good until the next call; empty when the pod has closed the connection.</summary>
    /// <exception cref="FaultException">The node could not connect, or the WebSocket was lost.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            ChannelPart part;
            try
            {
                part = await _socket.ReadAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (FaultException e)
            {
                throw new FaultException(Named(_error.Count > 0 ? Said() : e.Fault));
            }

            if (part.IsEnd)
                return _error.Count == 0 ? default(ReadOnlyMemory<byte>) : throw new FaultException(Named(Said()));
            if (part.Channel == Data && Without(part.Bytes, ref _dataPreamble) is { Length: > 0 } data)
                return data;
            if (part.Channel == Error && Without(part.Bytes, ref _errorPreamble) is { Length: > 0 } error && _error.Count < LongestError)
                _error.AddRange(error.Span[..Math.Min(error.Length, LongestError - _error.Count)]);
        }
    }

    /// <summary>Sends; ends when the connection has taken it.</summary>
    /// <exception cref="FaultException">The connection has ended.</exception>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => _socket.SendAsync(Data, bytes, cancellationToken);

    /// <summary>Ends the connection.</summary>
    public void Dispose()
    {
        _socket.Dispose();
        _use.Dispose();
    }

    private static ReadOnlyMemory<byte> Without(ReadOnlyMemory<byte> bytes, ref int preamble)
    {
        var skipped = Math.Min(preamble, bytes.Length);
        preamble -= skipped;
        return bytes[skipped..];
    }

    private Fault Said() => ForwardFaults.OfText([.. _error]);

    private Fault Named(Fault fault) => fault with { Operation = fault.Operation ?? _operation, Cluster = fault.Cluster ?? _cluster };
}
