using System.Diagnostics;

namespace MultiCluster.Benchmarks.Measuring;

/// <summary>Looks at this process once a second, until it is disposed.</summary>
internal sealed class Vitals : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly ReceivedBytes _received = new();
    private readonly List<Look> _looks = [];
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Task _work;

    public Vitals() => _work = RunAsync();

    /// <summary>Bytes that came out of the sockets, per second.</summary>
    public double BytesPerSecond(TimeSpan from, TimeSpan to)
    {
        var (first, last) = (Within(from, to)[0], Within(from, to)[^1]);
        return (last.Received - first.Received) / (last.At - first.At).TotalSeconds;
    }

    /// <summary>The mean working set between two moments.</summary>
    public double WorkingSet(TimeSpan from, TimeSpan to) => Within(from, to).Average(static look => look.WorkingSet);

    /// <summary>The time since it began.</summary>
    public TimeSpan Now => _watch.Elapsed;

    /// <summary>Ends the looking; what was seen stays.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work;
        _received.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            do
                _looks.Add(new Look(_watch.Elapsed, Environment.WorkingSet, _received.Total));
            while (await timer.WaitForNextTickAsync(_stop.Token));
        }
        catch (OperationCanceledException)
        {
            // Enough has been seen.
        }
    }

    private List<Look> Within(TimeSpan from, TimeSpan to) => _looks.FindAll(look => look.At >= from && look.At <= to);

    private sealed record Look(TimeSpan At, double WorkingSet, double Received);
}
