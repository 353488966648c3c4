namespace MultiCluster.Module.Tests.Support;

/// <summary>What comes true in its own time.</summary>
internal static class Eventually
{
    /// <summary>How long a test that fails waits.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static void True(Func<bool> condition, string otherwise) => Assert.True(SpinWait.SpinUntil(condition, Patience), otherwise);
}
