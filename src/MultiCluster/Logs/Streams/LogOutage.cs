using MultiCluster.Faults;

namespace MultiCluster.Logs.Streams;

/// <summary>
/// The streams of a cluster that are broken: says once that they broke, of each that does not go on at once what is wrong, and once that
/// all go on.
/// </summary>
internal sealed class LogOutage(LogCluster cluster)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<object, bool> _toldOf = []; // those that are broken
    private long _since;
    private int _all;

    /// <summary>A stream broke, or could not be opened again.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="fault">Why.</param>
    /// <param name="target">What the fault is about.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async ValueTask BrokeAsync(object stream, Fault fault, object? target, CancellationToken cancellationToken)
    {
        bool isFirst, lasts;
        lock (_gate)
        {
            isFirst = _toldOf.Count == 0;
            lasts = _toldOf.TryGetValue(stream, out var told) && !told && fault.Phase != FaultPhase.Forbidden; // a server that has just started may take that back
            if (lasts)
                _toldOf[stream] = true;
            else if (_toldOf.TryAdd(stream, false))
                _all++;
            if (isFirst)
                _since = cluster.Call.Time.GetTimestamp();
        }

        if (isFirst)
            await cluster.Notices.InterruptedAsync(fault, cancellationToken).ConfigureAwait(false);
        else if (lasts)
            await cluster.FaultAsync(LogFaults.GoesOn(fault), target, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A stream goes on, or is not wanted any more.</summary>
    public ValueTask OverAsync(object stream, CancellationToken cancellationToken)
    {
        int all;
        lock (_gate)
        {
            if (!_toldOf.Remove(stream) || _toldOf.Count > 0)
                return default;
            all = _all;
            _all = 0;
        }

        return cluster.Notices.ResumedAsync(all, cluster.Call.Time.GetElapsedTime(_since), cancellationToken);
    }
}
