using System.Text.Json;
using k8s;
using k8s.Autorest;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Terminal;
using MultiCluster.Typed.Models;
using MultiCluster.Typed.Transport;

namespace MultiCluster.Typed;

/// <summary>
/// KubernetesClient's <see cref="IKubernetes"/> of one selected cluster. Every operation travels through the engine's own client of that
/// cluster: its TLS, proxy, login, impersonation, limits, retries and time bounds. What the server refuses is an
/// <see cref="HttpOperationException"/> with the cluster's fault inside; what fails before an answer is the fault itself.
/// </summary>
[Views(ByHand = true)]
public sealed partial class KubeClient : Kubernetes
{
    /// <summary>A whole list in one answer; what is larger is read in pages.</summary>
    private const int LargestBody = 512 * 1024 * 1024;

    private readonly KubeClientOptions _options;
    private readonly ModelStore _models;
    private readonly ClusterConnection _connection;

    private KubeClient(ClusterConnection connection, ModelStore models, KubeClientOptions options, ClusterTransport transport)
        : base(transport.Configuration())
    {
        _connection = connection;
        _options = options;
        _models = models;
        Transport = transport;

        // The one that the base has made connects to nothing (see Configuration).
        HttpClient.Dispose();
        HttpClient = new HttpClient(new TransportHandler(transport)) { Timeout = Timeout.InfiniteTimeSpan };
        base.CreateWebSocketBuilder = () => new TransportWebSocket(transport);
    }

    /// <summary>The cluster's id, <c>filename:context</c>.</summary>
    public string ClusterId => _connection.Identity.ClusterId;

    /// <summary>The cluster's name: its context, or its alias.</summary>
    public string ClusterName => _connection.Identity.ClusterName;

    /// <summary>WebSockets are opened through the cluster's own client, too.</summary>
    public new Func<WebSocketBuilder> CreateWebSocketBuilder => base.CreateWebSocketBuilder;

    internal ClusterTransport Transport { get; }

    internal IClientHost? Host => _options.Host;

    /// <summary>The changes that an operation's watch tells of, whose models know their cluster.</summary>
    internal IAsyncEnumerable<KubeModelEvent<T>> EventsOf<T>(IHttpOperationResponse opened, CancellationToken cancellationToken)
        where T : class => ModelWatch.ReadAsync<T>(opened, _models, _connection.Identity, Host, cancellationToken);

    /// <summary>The typed client of a selected cluster.</summary>
    /// <exception cref="FaultException">The cluster's context cannot be used, or it is disconnected.</exception>
    internal static KubeClient Of(ClusterConnection connection, ModelStore models, KubeClientOptions options)
    {
        var gate = new WriteGate(connection.Identity, options);
        return new KubeClient(connection, models, options, new ClusterTransport(connection, options.Timeouts, gate));
    }

    /// <inheritdoc/>
    public override string ToString() => ClusterName;

    /// <inheritdoc/>
    public override async Task<IStreamDemuxer> MuxedStreamNamespacedPodExecAsync(
        string name,
        string @namespace = "default",
        IEnumerable<string>? command = null,
        string? container = null,
        bool stderr = true,
        bool stdin = true,
        bool stdout = true,
        bool tty = true,
        string webSocketSubProtocol = WebSocketProtocol.V4BinaryWebsocketProtocol,
        Dictionary<string, List<string>>? customHeaders = null,
        CancellationToken cancellationToken = default)
    {
        var socket = await WebSocketNamespacedPodExecAsync(name, @namespace, command, container, stderr, stdin, stdout, tty, webSocketSubProtocol, customHeaders, cancellationToken).ConfigureAwait(false);
        return new ChannelDemuxer(socket);
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendRequest<T>(
        string relativeUri, HttpMethod method, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders, T body, CancellationToken cancellationToken)
    {
        if (method != HttpMethod.Put || body is null || !Replacement.IsNeeded(relativeUri, body))
            return ModelWatch.Keep(await base.SendRequest(relativeUri, method, customHeaders, body, cancellationToken).ConfigureAwait(false), customHeaders);
        var patch = Replacement.Of(body, _models) ?? throw new FaultException(Replacement.Unknown(body) with { Cluster = _connection.Identity });
        return await base.SendRequest(relativeUri, HttpMethod.Patch, customHeaders, patch, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendRequestRaw(string requestContent, HttpRequestMessage httpRequest, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(httpRequest);
        try
        {
            return await Transport.SendAsync(httpRequest, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e) when (e.Fault.HttpStatus is not null)
        {
            var refusal = Refusals.Of(e, httpRequest, requestContent);
            httpRequest.Dispose();
            throw refusal;
        }
    }

    /// <inheritdoc/>
    protected override async Task<HttpOperationResponse<T>> CreateResultAsync<T>(HttpRequestMessage httpRequest, HttpResponseMessage httpResponse, bool? watch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(httpRequest);
        ArgumentNullException.ThrowIfNull(httpResponse);

        // A watch that the library's own extensions ask for is read by the base; all that it reads comes through the answer's own stream.
        if (watch == true && ModelWatch.IsMarked(httpRequest))
            return new HttpOperationResponse<T> { Request = httpRequest, Response = httpResponse };
        if (watch == true)
            return await base.CreateResultAsync<T>(httpRequest, httpResponse, watch, cancellationToken).ConfigureAwait(false);
        try
        {
            var json = await ReadAsync(httpResponse, cancellationToken).ConfigureAwait(false);
            var body = KubernetesJson.Deserialize<T>(new MemoryStream(json, writable: false));
            if (body is not null)
                _models.Came(body, json, _connection.Identity, Host);
            return new HttpOperationResponse<T> { Request = httpRequest, Response = httpResponse, Body = body! };
        }
        catch (Exception e)
        {
            var operation = TypedRequest.Of(httpRequest, Transport.Prefix).Operation;
            httpRequest.Dispose();
            httpResponse.Dispose();
            if (e is not JsonException and not FormatException)
                throw;
            throw new FaultException(new Fault
            {
                Phase = FaultPhase.Decode,
                Cluster = _connection.Identity,
                Operation = operation,
                Detail = $"the answer does not fit the model {typeof(T).Name} ({e.Message})",
                Advice = "Read it with Get-KubeResource, which takes objects as they are.",
                Cause = e,
            });
        }
    }

    private async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = stream.ConfigureAwait(false);
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (bytes.Length + read > LargestBody)
                throw new FaultException(DecodeFaults.TooLong(LargestBody) with { Cluster = _connection.Identity });
            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }
}
