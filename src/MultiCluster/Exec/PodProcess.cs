using System.Globalization;
using System.Text;
using MultiCluster.Api.Channels;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Objects.Json;

namespace MultiCluster.Exec;

/// <summary>
/// A process in a container, with what it reads and writes. One reader; what it writes is asked for as it is read, so that who reads slowly
/// slows the process and fills no memory. Whether a process goes on whose connection has ended is its container runtime's to say.
/// </summary>
internal sealed class PodProcess : IDisposable
{
    /// <summary>A Status object is some hundred bytes; whatever else a server sends for one is not read to its end.</summary>
    private const int LongestStatus = 64 * 1024;

    private static readonly string[] Closing = [ChannelProtocol.V5];
    private static readonly string[] Any = [ChannelProtocol.V5, ChannelProtocol.V4];

    private readonly ChannelSocket _socket;
    private readonly IDisposable _use;
    private readonly ProcessQuery _query;
    private readonly ClusterIdentity _cluster;
    private readonly List<byte> _status = [];

    private PodProcess(ChannelSocket socket, IDisposable use, ProcessQuery query, ClusterIdentity cluster) => (_socket, _use, _query, _cluster) = (socket, use, query, cluster);

    /// <summary>How it ended; null as long as it runs, and where nobody said.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Starts it.</summary>
    /// <exception cref="FaultException">
    /// It cannot be started: the pod or the container is not there or does not run (NotFound, Invalid), the server refuses, or cannot be reached.
    /// Where its input must end and the server cannot say so, the fault is one that <see cref="ChannelFaults.IsUnknownProtocol"/> knows, and
    /// nothing was started.
    /// </exception>
    public static async Task<PodProcess> StartAsync(ClusterConnection connection, ProcessQuery query, CallContext context, CancellationToken cancellationToken)
    {
        var use = connection.Use();
        try
        {
            var request = new ApiRequest(HttpMethod.Get, query.PathAndQuery) { Operation = query.Operation, Observer = context.Observer };
            var socket = await ChannelSocket.OpenAsync(connection.Session.Client, request, query is { Input: true, ClosesInput: true } ? Closing : Any, context.Timeouts, cancellationToken).ConfigureAwait(false);
            return new PodProcess(socket, use, query, connection.Identity);
        }
        catch (FaultException e)
        {
            use.Dispose();
            throw new FaultException(ProcessFaults.Advised(e.Fault, query));
        }
        catch
        {
            use.Dispose();
            throw;
        }
    }

    /// <summary>What it writes next. After the end it is not asked again.</summary>
    /// <exception cref="FaultException">It could not be run, or the connection was lost before it ended.</exception>
    public async ValueTask<ProcessOutput> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            ChannelPart part;
            try
            {
                part = await _socket.ReadAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (FaultException) when (_status.Count > 0)
            {
                part = new ChannelPart(0, default, IsEnd: true); // it has said how it ended, and needs no goodbye
            }
            catch (FaultException e)
            {
                throw new FaultException(Named(e.Fault));
            }

            if (part.IsEnd)
            {
                End();
                return new ProcessOutput(CommandStream.Output, default, IsEnd: true);
            }

            if (part.Channel is PodChannel.Output or PodChannel.Error)
                return new ProcessOutput(part.Channel == PodChannel.Output ? CommandStream.Output : CommandStream.Error, part.Bytes);
            if (part.Channel == PodChannel.Status && _status.Count + part.Bytes.Length <= LongestStatus)
                _status.AddRange(part.Bytes.Span);
        }
    }

    /// <summary>Gives it something to read; ends when the connection has taken it.</summary>
    /// <exception cref="FaultException">The connection has ended.</exception>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        bytes.IsEmpty ? ValueTask.CompletedTask : _socket.SendAsync(PodChannel.Input, bytes, cancellationToken);

    /// <summary>Says that there is nothing more to read, where the server can be told.</summary>
    /// <exception cref="FaultException">The connection has ended.</exception>
    public ValueTask CloseInputAsync(CancellationToken cancellationToken) => _socket.CloseAsync(PodChannel.Input, cancellationToken);

    /// <summary>Says how large its terminal is.</summary>
    /// <exception cref="FaultException">The connection has ended.</exception>
    public ValueTask ResizeAsync(int width, int height, CancellationToken cancellationToken) =>
        _socket.SendAsync(PodChannel.Size, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"Width\":{width},\"Height\":{height}}}")), cancellationToken);

    /// <summary>Ends the connection.</summary>
    public void Dispose()
    {
        _socket.Dispose();
        _use.Dispose();
    }

    /// <summary>Reads how it ended (<c>remotecommand</c>: a Status, whose details have the exit code as a cause).</summary>
    private void End()
    {
        if (_status.Count == 0)
            throw new FaultException(Named(ProcessFaults.NoStatus()));
        var text = Encoding.UTF8.GetString([.. _status]);
        if (StatusOf(text) is not { Exists: true } status)
            throw new FaultException(Named(ProcessFaults.Advised(ProcessFaults.OfText(text), _query)));
        ExitCode = status["status"u8].Is("Success"u8) ? 0 : ExitCodeOf(status);
        if (ExitCode is null)
            throw new FaultException(Named(ProcessFaults.Advised(StatusAnswer.FaultOf(status), _query)));
    }

    /// <summary>The Status that a kubelet sends, without its kind; nothing where it is none.</summary>
    private static JsonSlice StatusOf(string text)
    {
        try
        {
            return JsonSlice.Parse(text) is { IsObject: true } status && status["status"u8].Exists ? status : default;
        }
        catch (Exception e) when (e is FormatException or EndOfStreamException or System.Text.Json.JsonException)
        {
            return default;
        }
    }

    private static int? ExitCodeOf(JsonSlice status)
    {
        foreach (var cause in status["details"u8]["causes"u8].Elements)
        {
            if (cause["reason"u8].Is("ExitCode"u8) && int.TryParse(cause["message"u8].AsString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code))
                return code;
        }

        return null;
    }

    private Fault Named(Fault fault) => fault with { Operation = fault.Operation ?? _query.Operation, Cluster = fault.Cluster ?? _cluster };
}
