namespace MultiCluster.FanOut;

/// <summary>The reports of a session's last calls.</summary>
internal sealed class FanOutLog
{
    /// <summary>Reports kept.</summary>
    public const int Kept = 50;

    private readonly Lock _gate = new();
    private readonly List<FanOutReport> _reports = [];
    private int _last;

    /// <summary>Keeps the report of <paramref name="run"/> and numbers it.</summary>
    /// <param name="run">What has run.</param>
    /// <param name="begun">The report of the same call so far, whose place it takes; null for a call that begins with it.</param>
    public FanOutReport Add(FanOutRun run, FanOutReport? begun = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        lock (_gate)
        {
            var report = begun is null ? run.Report(++_last) : begun.Then(run.Report(begun.Id));
            if (begun is not null && _reports.IndexOf(begun) is var at and >= 0)
                _reports[at] = report;
            else
                _reports.Add(report);
            if (_reports.Count > Kept)
                _reports.RemoveAt(0);
            return report;
        }
    }

    /// <summary>The last <paramref name="count"/> reports, newest first.</summary>
    public IReadOnlyList<FanOutReport> Last(int count)
    {
        lock (_gate)
            return [.. _reports.AsEnumerable().Reverse().Take(count)];
    }
}
