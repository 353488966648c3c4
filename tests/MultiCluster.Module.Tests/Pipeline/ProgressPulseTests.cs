using MultiCluster.Module.Pipeline;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Pipeline;

public sealed class ProgressPulseTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly RecordingSink _sink = new();

    [Fact]
    public void A_quick_call_shows_no_progress()
    {
        var pulse = Pulse();

        _time.Advance(TimeSpan.FromMilliseconds(499));
        pulse.Tick();
        pulse.Complete();

        Assert.Empty(_sink.ProgressUpdates);
    }

    [Fact]
    public void Ten_updates_a_second_are_the_most()
    {
        var pulse = Pulse();

        for (var i = 0; i < 1500; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            pulse.Tick();
        }

        Assert.Equal(11, _sink.ProgressUpdates.Count);
    }

    [Fact]
    public void What_was_shown_is_taken_away_once()
    {
        var pulse = Pulse();
        _time.Advance(TimeSpan.FromSeconds(1));

        pulse.Tick();
        pulse.Complete();
        pulse.Complete();

        Assert.Equal([false, true], _sink.ProgressUpdates.Select(u => u.Completed));
    }

    private ProgressPulse Pulse() => new(_sink, _time, "Get-KubeResource", () => new ProgressState("working", -1));
}
