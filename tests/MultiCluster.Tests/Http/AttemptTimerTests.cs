using MultiCluster.Http;

namespace MultiCluster.Tests.Http;

/// <summary>The timer of an attempt, apart from what its handlers do with it.</summary>
public sealed class AttemptTimerTests
{
    [Fact]
    public void A_cancellation_that_comes_after_the_end_is_none()
    {
        // It comes from a timer of the caller's, on whose thread an exception would end the process.
        var timer = new AttemptTimer(TimeProvider.System, Timeout.InfiniteTimeSpan, TimeSpan.Zero, Timeout.InfiniteTimeSpan, CancellationToken.None, CancellationToken.None);
        timer.Dispose();

        Assert.Null(Record.Exception(timer.Cancel));
    }
}
