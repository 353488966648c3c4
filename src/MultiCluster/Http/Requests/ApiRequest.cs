using MultiCluster.Faults;

namespace MultiCluster.Http;

/// <summary>What a request is for; decides its timeouts, its retries and whether the circuit breaker may answer in the cluster's place.</summary>
internal enum RequestKind
{
    /// <summary>Reads and ends.</summary>
    Read,

    /// <summary>Changes something.</summary>
    Write,

    /// <summary>Asks a pod to go: a write with a rate of its own (<see cref="RequestLimits.EvictionsPerSecond"/>).</summary>
    Eviction,

    /// <summary>
    /// Reads without an end: a watch, a followed log. Silence is allowed once it has begun, and it takes no place among the concurrent
    /// requests. Whoever makes it pauses by himself between attempts, so the circuit breaker lets it through.
    /// </summary>
    Stream,

    /// <summary>Reads much and ends: a log. As long as bytes come it may take any time, and it takes no place among the concurrent requests once it has begun.</summary>
    Download,

    /// <summary>Asks whether the cluster is there: never answered by the circuit breaker, never retried.</summary>
    Probe,
}

/// <summary>One request to an API server, as plain data.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="PathAndQuery">Path and query below the server's address, with a leading slash; already escaped.</param>
internal sealed record ApiRequest(HttpMethod Method, string PathAndQuery)
{
    private readonly bool? _idempotent;

    /// <summary>What is tried, to be read after "cannot": <c>list pods in namespace web</c>.</summary>
    public string Operation { get; init; } = $"{Method} {PathAndQuery.Split('?')[0]}";

    /// <summary>The <c>Accept</c> header. When it begins with <c>application/json</c>, an answer of another type is a Decode fault.</summary>
    public string Accept { get; init; } = "application/json";

    /// <summary>The body, or null.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>The body's content type; <c>application/json</c> when not given.</summary>
    public string? ContentType { get; init; }

    /// <summary>Further headers, for a caller that speaks HTTP itself. They replace nothing that the client sends by itself.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>True to leave HTTP on the same connection (status 101, a WebSocket): the answer's body is then read and written.</summary>
    internal bool Upgrades { get; init; }

    /// <summary>True to have the beginning of a refusal's body in <see cref="Fault.Answer"/>.</summary>
    internal bool KeepsAnswer { get; init; }

    /// <summary>True to have a 404 as an answer: where many objects are looked for that are mostly not there, faults would cost more than requests.</summary>
    internal bool TakesMissing { get; init; }

    /// <summary>What it is for.</summary>
    public RequestKind Kind { get; init; }

    /// <summary>True when sending it twice does no harm, so that it may be retried. Default: true for GET.</summary>
    public bool Idempotent
    {
        get => _idempotent ?? Method == HttpMethod.Get;
        init => _idempotent = value;
    }

    /// <summary>True for the probes that find out whether a login works again: sent while the login is known to be refused.</summary>
    public bool SkipAuthGate { get; init; }

    /// <summary>Asks for a gzip answer, which servers give from 128 KB on. Without effect where the kubeconfig disables compression.</summary>
    public bool Compress { get; init; }

    /// <summary>Is told of each attempt; called on any thread.</summary>
    public Action<ApiTrace>? Observer { get; init; }
}

/// <summary>One attempt at a request, for the Verbose and Debug streams. Holds no secret.</summary>
internal sealed record ApiTrace
{
    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>The whole address.</summary>
    public required string Url { get; init; }

    /// <summary>1 for the first attempt.</summary>
    public required int Attempt { get; init; }

    /// <summary>The HTTP status, or null when there was no answer.</summary>
    public int? Status { get; init; }

    /// <summary>Time to the answer's headers, or to the failure.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Time to the answer's headers from when the connection that it opened was ready, or from when it was sent on another; null without an answer.</summary>
    public TimeSpan? Latency { get; init; }

    /// <summary>What went wrong, when there was no answer.</summary>
    public string? Problem { get; init; }

    /// <summary>What is to be said of the connection that was made for it.</summary>
    public string? Remark { get; init; }

    /// <summary>The request's headers, one <c>Name: value</c> each; credentials are masked.</summary>
    public required IReadOnlyList<string> RequestHeaders { get; init; }
}
