namespace MultiCluster.Http;

/// <summary>
/// One attempt at an exchange, from its turn under the limits to the end of its answer's body. Goes along with its message, and owns everything
/// that must be given back.
/// </summary>
internal sealed class ApiAttempt(ApiExchange exchange, AttemptTimer timer, AttemptFailures failures, ApiTelemetry telemetry) : IDisposable
{
    /// <summary>Where a message has its attempt.</summary>
    public static readonly HttpRequestOptionsKey<ApiAttempt> Key = new("multicluster.attempt");

    private HttpResponseMessage? _response;
    private CircuitBreaker? _asked;
    private Transport? _transport;
    private Action? _ended;
    private ApiBodyStream? _body;
    private bool _zipped;
    private long _bytes;
    private TimeSpan _waited;
    private volatile bool _disposed;

    /// <summary>The request, with its other attempts.</summary>
    public ApiExchange Exchange => exchange;

    /// <summary>The bounds of its waits.</summary>
    public AttemptTimer Timer => timer;

    /// <summary>The connections that it is sent on.</summary>
    public Transport? Transport => _transport;

    /// <summary>When it was sent, or began.</summary>
    public long SentAt { get; private set; } = timer.Start;

    /// <summary>True when the headers of an answer are there, whatever they say.</summary>
    public bool IsAnswered { get; private set; }

    /// <summary>True for the one that finds out whether a silent cluster is back.</summary>
    public bool IsAsking => _asked is not null;

    /// <summary>The body that is handed out.</summary>
    public Stream Body => _body!;

    /// <summary>The attempt that <paramref name="message"/> is.</summary>
    public static ApiAttempt Of(HttpRequestMessage message) =>
        message.Options.TryGetValue(Key, out var attempt) ? attempt : throw new InvalidOperationException("The message is no attempt.");

    /// <summary>It is the one that finds out whether the cluster is back.</summary>
    public void Asks(CircuitBreaker breaker) => _asked = breaker;

    /// <summary>It is sent on <paramref name="transport"/>; gives back what it was sent on before, and the answer to that.</summary>
    public void Enter(Transport transport)
    {
        _response?.Dispose();
        _response = null;
        Interlocked.Exchange(ref _transport, transport)?.Leave();
    }

    /// <summary>It is sent now.</summary>
    public void Sends(long now)
    {
        SentAt = now;
        IsAnswered = false;
    }

    /// <summary>The headers of an answer are there.</summary>
    public void IsAnsweredBy(HttpResponseMessage response)
    {
        _response = response;
        IsAnswered = true;
    }

    /// <summary>The answer is the one that was asked for: from now on whoever reads its body ends the attempt.</summary>
    public void HandOut(ApiBodyStream body, bool zipped)
    {
        _body = body;
        _zipped = zipped;
        _bytes = 0;
        _waited = timer.Waited;
    }

    /// <summary>Calls <paramref name="action"/> when the answer's body has been read to its end, or the attempt is over; it may be called twice.</summary>
    public void WhenEnded(Action action) => _ended += action;

    /// <summary>What became of a read of the body that threw: the caller's cancellation, or a fault that is counted.</summary>
    public Exception OfBody(Exception exception, CancellationToken readToken)
    {
        if (readToken.IsCancellationRequested)
            return new OperationCanceledException(exception.Message, exception, readToken);
        if (timer.IsGivenUp)
            return new OperationCanceledException(exception.Message, exception, timer.Caller);
        return _disposed ? new ObjectDisposedException("The answer has been disposed.", exception) : failures.OfBody(this, exception);
    }

    /// <summary>The body has been read to its end.</summary>
    public void BodyEnded()
    {
        if (_body is null)
            return;
        telemetry.Link.Read(_zipped, _bytes, timer.Waited - _waited);
        _bytes = 0;
        End();
    }

    /// <summary>Bytes of the body have arrived.</summary>
    public void Received(int bytes)
    {
        _bytes += bytes;
        telemetry.Received(bytes);
    }

    public void Dispose()
    {
        _disposed = true;
        End();
        if (!IsAnswered)
            _asked?.Abandoned(asking: true);
        timer.End();
        _response?.Dispose();
        Interlocked.Exchange(ref _transport, null)?.Leave();
        timer.Dispose();
    }

    private void End() => Interlocked.Exchange(ref _ended, null)?.Invoke();
}
