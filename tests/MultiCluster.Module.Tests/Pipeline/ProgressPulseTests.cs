using System.Management.Automation;
using Microsoft.Extensions.Time.Testing;
using MultiCluster.Module.Pipeline;

namespace MultiCluster.Module.Tests.Pipeline;

public sealed class ProgressPulseTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<ProgressRecord> _records = [];

    [Fact]
    public void A_quick_call_shows_no_progress()
    {
        var pulse = Pulse();

        _time.Advance(TimeSpan.FromMilliseconds(499));
        pulse.Tick();
        pulse.Complete();

        Assert.Empty(_records);
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

        Assert.Equal(11, _records.Count);
    }

    [Fact]
    public void What_was_shown_is_taken_away_once()
    {
        var pulse = Pulse();
        _time.Advance(TimeSpan.FromSeconds(1));

        pulse.Tick();
        pulse.Complete();
        pulse.Complete();

        Assert.Equal([ProgressRecordType.Processing, ProgressRecordType.Completed], _records.Select(static record => record.RecordType));
    }

    private ProgressPulse Pulse() => new(_records.Add, _time, "Get-KubeResource", static () => new ProgressState("working", -1));
}
