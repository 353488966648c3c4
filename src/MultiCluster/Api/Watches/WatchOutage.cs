using MultiCluster.Faults;

namespace MultiCluster.Api.Watches;

/// <summary>
/// The time between a watch's break and its return: says once that it broke, once what is wrong if that does not pass by itself, and how
/// long it took.
/// </summary>
internal sealed class WatchOutage
{
    private DateTimeOffset? _since;
    private int _failures;
    private bool _told;

    /// <summary>True when somebody has been told what is wrong.</summary>
    public bool IsTold => _told;

    /// <summary>An attempt has failed.</summary>
    /// <param name="fault">Why.</param>
    /// <param name="connected">True when the watch has worked before.</param>
    /// <param name="now">The time.</param>
    /// <param name="pause">How long it pauses.</param>
    /// <param name="outputs">Where it says so.</param>
    public void Failed(Fault fault, bool connected, DateTimeOffset now, TimeSpan pause, List<WatchOutput> outputs)
    {
        _failures++;
        if (connected && _since is null)
        {
            _since = now;
            outputs.Add(new WatchSignal(WatchNoticeType.Interrupted) { Fault = fault, Duration = pause });
        }

        if (_told || (connected && _failures == 1 && WatchRules.IsPassing(fault)))
            return;
        _told = true;
        outputs.Add(new WatchTrouble(fault));
    }

    /// <summary>The watch is open again.</summary>
    public void Opened(DateTimeOffset now, List<WatchOutput> outputs)
    {
        if (_since is { } since)
            outputs.Add(new WatchSignal(WatchNoticeType.Resumed) { Duration = now - since });
        _since = null;
    }

    /// <summary>The watch has got on: what fails from now on is new.</summary>
    public void Served()
    {
        _failures = 0;
        _told = false;
    }
}
