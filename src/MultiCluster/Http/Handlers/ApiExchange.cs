using MultiCluster.Faults;

namespace MultiCluster.Http;

/// <summary>A request with all its attempts: how much time it has used, and whether it may try again.</summary>
internal sealed class ApiExchange(ApiRequest request, Uri address, RequestTimeouts timeouts, TimeProvider time)
{
    private static readonly HttpRequestOptionsKey<ApiExchange> Key = new("multicluster.exchange");
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);

    private TimeSpan _used;

    /// <summary>What is asked.</summary>
    public ApiRequest Request => request;

    /// <summary>The bounds.</summary>
    public RequestTimeouts Timeouts => timeouts;

    /// <summary>Attempts begun.</summary>
    public int Attempt { get; private set; }

    /// <summary>How long to wait before the next attempt; set by <see cref="MayRetry"/>.</summary>
    public TimeSpan Pause { get; private set; }

    /// <summary>The exchange that <paramref name="message"/> belongs to.</summary>
    public static ApiExchange Of(HttpRequestMessage message) =>
        message.Options.TryGetValue(Key, out var exchange) ? exchange : throw new InvalidOperationException("The message belongs to no exchange.");

    /// <summary>The request as a message, which is sent by one attempt.</summary>
    public HttpRequestMessage NewMessage()
    {
        var message = new HttpRequestMessage(request.Method, address);
        message.Options.Set(Key, this);
        if (request.Body is { } body)
        {
            message.Content = new ReadOnlyMemoryContent(body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType ?? "application/json");
        }

        return message;
    }

    /// <summary>Begins an attempt.</summary>
    public AttemptTimer NewTimer(CancellationToken closed, CancellationToken cancellationToken)
    {
        Attempt++;
        return new AttemptTimer(time, timeouts.Whole, _used, UntilDeadline(), closed, cancellationToken);
    }

    /// <summary>An attempt has failed after its waits took <paramref name="waited"/> altogether, those before it included.</summary>
    public void EndAttempt(TimeSpan waited) => _used = waited;

    /// <summary><paramref name="fault"/> with the request's operation and cluster, as far as it names none.</summary>
    public Fault Complete(Fault fault, ClusterIdentity cluster) => fault with
    {
        Operation = fault.Operation ?? request.Operation,
        Cluster = fault.Cluster ?? cluster,
    };

    /// <summary>True when <paramref name="fault"/> may pass by itself, a second request does no harm, and there is time for it.</summary>
    public bool MayRetry(Fault fault, Func<double> random)
    {
        if (request.Kind == RequestKind.Probe || !request.Idempotent || !IsPassing(fault))
            return false;

        // Exponential with full jitter, as long as the server does not say when.
        var ceiling = Math.Min(FirstPause.Ticks << (Attempt - 1), LongestPause.Ticks);
        Pause = fault.RetryAfter ?? TimeSpan.FromTicks((long)(ceiling * random()));
        if (!Fits(Pause, timeouts.Whole == Timeout.InfiniteTimeSpan ? timeouts.Whole : timeouts.Whole - _used) || !Fits(Pause, UntilDeadline()))
            return false;
        Pause = RetryAfter.Granted(Pause);
        _used += Pause;
        return true;
    }

    // The breaker's answers repeat an old fault, and a lost login is not the network's: neither has been sent.
    private static bool IsPassing(Fault fault) => fault switch
    {
        { HttpStatus: 429 or 503 or 504 } => true,
        { Phase: FaultPhase.Connect, HttpStatus: null, Reason: ConnectFaults.LostReason } => true,
        _ => false,
    };

    private TimeSpan UntilDeadline() => timeouts.Deadline is not { } deadline
        ? Timeout.InfiniteTimeSpan
        : deadline - time.GetUtcNow() is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    private static bool Fits(TimeSpan pause, TimeSpan left) => left == Timeout.InfiniteTimeSpan || pause < left;
}
