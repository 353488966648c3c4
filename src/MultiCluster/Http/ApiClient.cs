using MultiCluster.Faults;
using MultiCluster.Objects.Json;

namespace MultiCluster.Http;

/// <summary>
/// Talks to one API server: TLS, proxy, credential, limits, retries, circuit breaker and counters, none of them shared with another
/// cluster. Safe for use by many threads.
/// </summary>
internal sealed class ApiClient : IAsyncDisposable
{
    /// <summary>The bound of <see cref="GetBytesAsync"/>.</summary>
    public const int SmallAnswer = 8 * 1024 * 1024;

    private readonly ApiClientOptions _options;
    private readonly ApiStack _stack;
    private int _disposed;

    /// <summary>Reads the kubeconfig's settings; opens no connection.</summary>
    /// <exception cref="FaultException">The kubeconfig's address, proxy or impersonation settings cannot be used.</exception>
    public ApiClient(ApiClientOptions options)
    {
        _options = options;
        try
        {
            _stack = new ApiStack(options);
        }
        catch (FaultException exception)
        {
            throw new FaultException(exception.Fault with { Cluster = options.Identity });
        }
    }

    /// <summary>The cluster, if it is one of a pool.</summary>
    public ClusterIdentity? Identity => _options.Identity;

    /// <summary>The server's address, without name and password.</summary>
    public Uri Server => _stack.Endpoint.Uri;

    /// <summary>True when the server's certificate is not checked (<c>insecure-skip-tls-verify</c>) or nothing is encrypted (http): whoever connects warns of it.</summary>
    public bool IsInsecure => _options.Context.Cluster!.IsInsecure;

    /// <summary>True while calls are answered with the last fault, without asking the cluster.</summary>
    public bool IsBroken => _stack.Breaker.IsOpen;

    /// <summary>True when a large answer gets here earlier in gzip, as far as the link is known.</summary>
    public bool PrefersGzip => _stack.Telemetry.Link.PrefersGzip;

    /// <summary>True when the cluster answers so fast that requests one after the other lose hardly any time.</summary>
    public bool IsNear => _stack.Telemetry.Link.IsNear;

    /// <summary>The counters.</summary>
    public ApiTelemetrySnapshot Telemetry => _stack.Telemetry.Snapshot();

    /// <summary>Sends <paramref name="request"/> and returns a 2xx answer as soon as its headers are there.</summary>
    /// <param name="request">The request.</param>
    /// <param name="timeouts">The call's bounds; null for the client's own.</param>
    /// <param name="cancellationToken">Ends the call, and the reading of its answer.</param>
    /// <exception cref="FaultException">Everything else: another status, no answer, an answer of another type.</exception>
    /// <exception cref="OperationCanceledException">The caller ended it.</exception>
    public async Task<ApiResponse> SendAsync(ApiRequest request, RequestTimeouts? timeouts, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        cancellationToken.ThrowIfCancellationRequested();
        var exchange = new ApiExchange(request, _stack.Endpoint.At(request.PathAndQuery), timeouts ?? _options.Timeouts, _options.TimeProvider);
        var response = await _stack.SendAsync(exchange.NewMessage(), cancellationToken).ConfigureAwait(false);
        return new ApiResponse(response, ApiAttempt.Of(response.RequestMessage!).Body, _options.TimeProvider.GetUtcNow());
    }

    /// <summary>Sends <paramref name="request"/> and reads its whole answer, for answers known to be small.</summary>
    /// <exception cref="FaultException">Decode when the answer is longer than <see cref="SmallAnswer"/>; else as <see cref="SendAsync"/>.</exception>
    public async Task<byte[]> GetBytesAsync(ApiRequest request, CancellationToken cancellationToken, RequestTimeouts? timeouts = null) =>
        (await ReadAsync(request, timeouts, SmallAnswer, cancellationToken).ConfigureAwait(false)).Body;

    /// <summary>Sends <paramref name="request"/> and reads its whole answer, and its content type.</summary>
    /// <exception cref="FaultException">Decode when the answer, decompressed, is longer than <paramref name="maxBytes"/>; else as <see cref="SendAsync"/>.</exception>
    public async Task<(string? ContentType, byte[] Body)> ReadAsync(ApiRequest request, RequestTimeouts? timeouts, int maxBytes, CancellationToken cancellationToken)
    {
        var response = await SendAsync(request, timeouts, cancellationToken).ConfigureAwait(false);
        await using var _ = response.ConfigureAwait(false);
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await response.Body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (bytes.Length + read > maxBytes)
                throw new FaultException(DecodeFaults.TooLong(maxBytes) with { Operation = request.Operation, Cluster = _options.Identity, HttpStatus = response.Status });
            bytes.Write(buffer, 0, read);
        }

        var body = bytes.ToArray();
        if (StatusAnswer.IsFailure(body))
            throw new FaultException(StatusAnswer.FaultOf(new JsonSlice(body, 0)) with { Operation = request.Operation, Cluster = _options.Identity });
        return (response.ContentType, body);
    }

    /// <summary>Replaces rate and concurrency from the next request on.</summary>
    public void SetLimits(RequestLimits limits) => _stack.Limiter.Set(limits);

    /// <summary>Forgets that the cluster did not answer: the next call asks it.</summary>
    public void Reset() => _stack.Breaker.Reset();

    /// <summary>Closes the connections; calls and answers under way end with the fault "Cluster disconnected".</summary>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            _stack.Dispose();
        return ValueTask.CompletedTask;
    }
}
