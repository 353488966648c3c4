using MultiCluster.Faults;

namespace MultiCluster.Http;

/// <summary>What one cluster's client has done since the cluster was selected.</summary>
public sealed record ApiTelemetrySnapshot
{
    /// <summary>Requests sent, retries included.</summary>
    public required long Requests { get; init; }

    /// <summary>Requests under way, open streams included.</summary>
    public required long InFlight { get; init; }

    /// <summary>Answers with status 2xx.</summary>
    public required long Status2xx { get; init; }

    /// <summary>Answers with status 3xx.</summary>
    public required long Status3xx { get; init; }

    /// <summary>Answers with status 4xx.</summary>
    public required long Status4xx { get; init; }

    /// <summary>Answers with status 5xx.</summary>
    public required long Status5xx { get; init; }

    /// <summary>Answers with status 429; counted in <see cref="Status4xx"/> too.</summary>
    public required long Throttled { get; init; }

    /// <summary>Requests that were sent again.</summary>
    public required long Retries { get; init; }

    /// <summary>Requests that ended without an answer, or whose answer broke off.</summary>
    public required long TransportErrors { get; init; }

    /// <summary>Bytes of answers that were read, after decompression.</summary>
    public required long BytesReceived { get; init; }

    /// <summary>How often the connections were given up and made anew because they kept failing.</summary>
    public required long Rebuilds { get; init; }

    /// <summary>The last fault, or null.</summary>
    public Fault? LastFault { get; init; }

    /// <summary>Median time to the answer's headers over the last 256 answers, or null before the first.</summary>
    public TimeSpan? LatencyP50 { get; init; }

    /// <summary>95th percentile of the time to the answer's headers over the last 256 answers, or null before the first.</summary>
    public TimeSpan? LatencyP95 { get; init; }

    /// <summary>Requests per second over the last 60 s.</summary>
    public required double RequestsPerSecond { get; init; }

    /// <summary>To when the certificate is good that the server has shown last, in local time; null when it has shown none.</summary>
    public DateTime? CertificateExpires { get; init; }
}
