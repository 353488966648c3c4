using MultiCluster.Http;

namespace MultiCluster.Logs;

/// <summary>The streams of a cluster that are broken: says once that they broke, and once that all go on.</summary>
internal sealed class LogOutage(LogNotices notices, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly HashSet<object> _broken = [];
    private long _since;
    private int _all;

    /// <summary>A stream broke, or could not be opened again.</summary>
    public ValueTask BrokeAsync(object stream, Fault fault, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_broken.Add(stream))
                return default;
            _all++;
            if (_broken.Count > 1)
                return default;
            _since = time.GetTimestamp();
        }

        return notices.InterruptedAsync(fault, cancellationToken);
    }

    /// <summary>A stream goes on, or is not wanted any more.</summary>
    public ValueTask OverAsync(object stream, CancellationToken cancellationToken)
    {
        int all;
        lock (_gate)
        {
            if (!_broken.Remove(stream) || _broken.Count > 0)
                return default;
            all = _all;
            _all = 0;
        }

        return notices.ResumedAsync(all, time.GetElapsedTime(_since), cancellationToken);
    }
}
