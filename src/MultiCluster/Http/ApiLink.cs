using MultiCluster.Faults;
using MultiCluster.Http.Login;

namespace MultiCluster.Http;

/// <summary>What all requests to one cluster share, and nothing of it is shared with another cluster.</summary>
internal sealed class ApiLink : IDisposable
{
    private readonly CancellationTokenSource _closed = new();

    /// <summary>Reads the kubeconfig's settings.</summary>
    /// <exception cref="FaultException">The kubeconfig's address, proxy or impersonation settings cannot be used.</exception>
    public ApiLink(ApiClientOptions options)
    {
        Options = options;
        Closed = _closed.Token;
        Endpoint = new ServerEndpoint(options.Context.Cluster);
        Headers = new RequestHeaders(options.Context, Endpoint);
        Telemetry = new ApiTelemetry(Time);
        Limiter = new RequestLimiter(options.Limits, Time);
        Breaker = new CircuitBreaker(Time);
        var proxy = ProxySettings.Of(options.Context.Cluster!, Endpoint.Uri, options.Environment);
        Classifier = new FaultClassifier(Endpoint, proxy);
        Transports = new TransportPool(
            new TransportSettings(options.Context.Cluster!, Endpoint, proxy, Headers.LineStarts, options.ConnectTimeout, Time),
            Telemetry);
    }

    public ApiClientOptions Options { get; }

    public TimeProvider Time => Options.TimeProvider;

    public ClusterCredential Credential => Options.Credential;

    public ServerEndpoint Endpoint { get; }

    public RequestHeaders Headers { get; }

    public ApiTelemetry Telemetry { get; }

    public RequestLimiter Limiter { get; }

    public CircuitBreaker Breaker { get; }

    public FaultClassifier Classifier { get; }

    public TransportPool Transports { get; }

    /// <summary>Cancelled when the client is disposed.</summary>
    public CancellationToken Closed { get; }

    public void Dispose()
    {
        _closed.Cancel();
        Transports.Dispose();
        Limiter.Dispose();
        _closed.Dispose();
    }
}
