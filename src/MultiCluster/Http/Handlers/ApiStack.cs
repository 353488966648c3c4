using MultiCluster.Faults;

namespace MultiCluster.Http;

/// <summary>
/// What a request to one cluster passes through, and nothing of it is shared with another cluster. The order, from the outside:
/// <list type="number">
/// <item><see cref="TelemetryHandler"/>: names cluster and operation in the call's fault, and keeps it</item>
/// <item><see cref="RetryHandler"/>: sends it again when the fault may pass by itself. It is outside the limits: who pauses holds no place</item>
/// <item><see cref="AttemptHandler"/>: bounds the attempt's waits, makes a fault of whatever is thrown, and counts it while it is under way</item>
/// <item><see cref="GateHandler"/>: a dead cluster and a refused login are not asked</item>
/// <item><see cref="LimitHandler"/>: waits for a turn under the cluster's rate and concurrency</item>
/// <item><see cref="GateHandler"/>: once more, for what others found out meanwhile</item>
/// <item><see cref="HeadersHandler"/>: agent, <c>Accept</c>, host, impersonation</item>
/// <item><see cref="LoginHandler"/>: certificate and <c>Authorization</c>; anew, once, after a 401</item>
/// <item><see cref="AnswerHandler"/>: is it the answer that was asked for, and if not, what is it?</item>
/// <item><see cref="SendHandler"/>: the connections; counts and tells what is sent</item>
/// </list>
/// </summary>
internal sealed class ApiStack : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private readonly TransportPool _transports;
    private readonly HttpMessageInvoker _outermost;

    /// <summary>Reads the kubeconfig's settings.</summary>
    /// <exception cref="FaultException">The kubeconfig's address, proxy or impersonation settings cannot be used.</exception>
    public ApiStack(ApiClientOptions options)
    {
        var (context, time) = (options.Context, options.TimeProvider);
        Endpoint = new ServerEndpoint(context.Cluster);
        var headers = new ClusterHeaders(context, Endpoint);
        Telemetry = new ApiTelemetry(time);
        Limiter = new RequestLimiter(options.Limits, time);
        Breaker = new CircuitBreaker(time);
        var proxy = ProxySettings.Of(context.Cluster!, Endpoint.Uri, options.Environment);
        _transports = new TransportPool(
            new TransportSettings(context.Cluster!, Endpoint, proxy, headers.LineStarts, options.ConnectTimeout, time)
            {
                Shown = certificate => Telemetry.ShownCertificate(certificate.NotAfter),
                Answered = Telemetry.Link.Opened,
            },
            Telemetry);
        var classifier = new FaultClassifier(Endpoint, proxy);
        var failures = new AttemptFailures(options.Identity, classifier, Breaker, _transports, Telemetry, time, _closed.Token);
        var chain = Chain(
            new SendHandler(classifier, Breaker, Telemetry, time, options.ConnectTimeout),
            new AnswerHandler(context, time),
            new LoginHandler(options.Credential, options.AuthMonitor, _transports, context, Endpoint, options.Identity),
            new HeadersHandler(headers),
            new GateHandler(options.AuthMonitor, Breaker),
            new LimitHandler(Limiter),
            new GateHandler(options.AuthMonitor, Breaker),
            new AttemptHandler(failures, Telemetry, _closed.Token),
            new RetryHandler(time, options.Random, Telemetry),
            new TelemetryHandler(Telemetry, options.Identity));

        // A call that pauses when the client is closed comes back to them, and says that the cluster is disconnected.
        _outermost = new HttpMessageInvoker(chain, disposeHandler: false);
    }

    public ServerEndpoint Endpoint { get; }

    public ApiTelemetry Telemetry { get; }

    public RequestLimiter Limiter { get; }

    public CircuitBreaker Breaker { get; }

    /// <summary>Sends a call's first message; ends when a wanted answer's headers are there.</summary>
    /// <exception cref="FaultException">Anything else, with cluster and operation.</exception>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken) => _outermost.SendAsync(message, cancellationToken);

    public void Dispose()
    {
        _closed.Cancel();
        _outermost.Dispose();
        _transports.Dispose();
        Limiter.Dispose();
        _closed.Dispose();
    }

    private static HttpMessageHandler Chain(HttpMessageHandler innermost, params ReadOnlySpan<DelegatingHandler> outwards)
    {
        foreach (var handler in outwards)
        {
            handler.InnerHandler = innermost;
            innermost = handler;
        }

        return innermost;
    }
}
