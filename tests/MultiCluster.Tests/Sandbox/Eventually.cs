namespace MultiCluster.Tests.Sandbox;

internal static class Eventually
{
    /// <summary>Waits for what another thread is about to do, at most ten seconds.</summary>
    public static async Task TrueAsync(Func<bool> condition)
    {
        for (var left = 1000; left > 0 && !condition(); left--) await Task.Delay(TimeSpan.FromMilliseconds(10), TestContext.Current.CancellationToken);
        Assert.True(condition());
    }
}
