using MultiCluster.Faults;

namespace MultiCluster.Http;

/// <summary>One cluster's counters.</summary>
internal sealed class ApiTelemetry(TimeProvider time)
{
    private readonly LatencyRing _latencies = new();
    private readonly RequestRate _rate = new(time);
    private readonly long[] _classes = new long[4];
    private long _requests;
    private long _inFlight;
    private long _throttled;
    private long _retries;
    private long _transportErrors;
    private long _bytes;
    private long _rebuilds;
    private volatile Fault? _lastFault;
    private long _certificateExpires;

    /// <summary>How far the server is, and how fast its answers come.</summary>
    public LinkSpeed Link { get; } = new();

    public void Sent()
    {
        Interlocked.Increment(ref _requests);
        _rate.Count();
    }

    public void Began() => Interlocked.Increment(ref _inFlight);

    public void Ended() => Interlocked.Decrement(ref _inFlight);

    public void Answered(int status, TimeSpan latency)
    {
        var index = (status / 100) - 2;
        if (index >= 0 && index < _classes.Length)
            Interlocked.Increment(ref _classes[index]);
        if (status == 429)
            Interlocked.Increment(ref _throttled);
        _latencies.Add(latency);
    }

    public void Retried() => Interlocked.Increment(ref _retries);

    public void TransportFailed() => Interlocked.Increment(ref _transportErrors);

    public void Received(int bytes) => Interlocked.Add(ref _bytes, bytes);

    public void Rebuilt() => Interlocked.Increment(ref _rebuilds);

    public void Faulted(Fault fault) => _lastFault = fault;

    /// <summary>The server has shown a certificate that is good to then, in local time.</summary>
    public void ShownCertificate(DateTime expires) => Interlocked.Exchange(ref _certificateExpires, expires.Ticks);

    public ApiTelemetrySnapshot Snapshot()
    {
        var (p50, p95) = _latencies.Percentiles();
        return new ApiTelemetrySnapshot
        {
            Requests = Interlocked.Read(ref _requests),
            InFlight = Interlocked.Read(ref _inFlight),
            Status2xx = Interlocked.Read(ref _classes[0]),
            Status3xx = Interlocked.Read(ref _classes[1]),
            Status4xx = Interlocked.Read(ref _classes[2]),
            Status5xx = Interlocked.Read(ref _classes[3]),
            Throttled = Interlocked.Read(ref _throttled),
            Retries = Interlocked.Read(ref _retries),
            TransportErrors = Interlocked.Read(ref _transportErrors),
            BytesReceived = Interlocked.Read(ref _bytes),
            Rebuilds = Interlocked.Read(ref _rebuilds),
            LastFault = _lastFault,
            CertificateExpires = Interlocked.Read(ref _certificateExpires) is var ticks and > 0 ? new DateTime(ticks, DateTimeKind.Local) : null,
            LatencyP50 = p50,
            LatencyP95 = p95,
            RequestsPerSecond = _rate.PerSecond(),
        };
    }
}
