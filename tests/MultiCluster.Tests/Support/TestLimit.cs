using System.Collections.Concurrent;
using System.Reflection;
using MultiCluster.Tests.Support;
using Xunit.v3;

[assembly: TestLimit(15)]

namespace MultiCluster.Tests.Support;

/// <summary>Cancels a test that hangs, which would keep the results of all others.</summary>
/// <param name="minutes">How long a test may take; the longest is half of it on a slow machine.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class TestLimitAttribute(double minutes) : BeforeAfterTestAttribute
{
    private readonly ConcurrentDictionary<string, Timer> _running = new(StringComparer.Ordinal);

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        var context = TestContext.Current;
        _running[test.UniqueID] = new Timer(
            _ =>
            {
                context.AddWarning($"Cancelled, since it was not done after {minutes} minutes.");
                context.CancelCurrentTest();
            },
            null,
            TimeSpan.FromMinutes(minutes),
            Timeout.InfiniteTimeSpan);
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (_running.TryRemove(test.UniqueID, out var timer))
            timer.Dispose();
    }
}
