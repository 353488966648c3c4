using System.Diagnostics;

namespace MultiCluster.Benchmarks.Measuring;

/// <summary>Waits for what another thread does.</summary>
internal static class Condition
{
    /// <summary>Waits until something is so, for no longer than <paramref name="patience"/>; false when it is not so then.</summary>
    public static async Task<bool> IsMetAsync(Func<bool> condition, TimeSpan patience)
    {
        for (var watch = Stopwatch.StartNew(); !condition(); await Task.Delay(50))
        {
            if (watch.Elapsed > patience)
                return false;
        }

        return true;
    }
}
