namespace MultiCluster.FanOut;

/// <summary>The reports of a session's last calls.</summary>
public sealed class FanOutLog
{
    /// <summary>Reports kept.</summary>
    public const int Kept = 50;

    private readonly Lock _gate = new();
    private readonly Queue<FanOutReport> _reports = new();
    private int _last;

    /// <summary>Keeps the report of <paramref name="run"/> and numbers it.</summary>
    public FanOutReport Add(FanOutRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        lock (_gate)
        {
            var report = run.Report(++_last);
            _reports.Enqueue(report);
            if (_reports.Count > Kept)
                _reports.Dequeue();
            return report;
        }
    }

    /// <summary>The last <paramref name="count"/> reports, newest first.</summary>
    public IReadOnlyList<FanOutReport> Last(int count)
    {
        lock (_gate)
            return [.. _reports.Reverse().Take(count)];
    }
}
