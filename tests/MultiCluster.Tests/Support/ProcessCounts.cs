using System.Diagnostics;

namespace MultiCluster.Tests.Support;

/// <summary>What the whole process holds of the system.</summary>
internal sealed record ProcessCounts(int Threads, int Sockets, long Timers)
{
    public static ProcessCounts Now()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = Process.GetCurrentProcess();
        return new ProcessCounts(process.Threads.Count, Directory.GetFiles("/proc/self/fd").Count(IsSocket), Timer.ActiveCount);
    }

    /// <summary>Nothing is held that was not held before, but for what comes and goes.</summary>
    public void AssertNoneSince(ProcessCounts before)
    {
        Assert.InRange(Sockets, 0, before.Sockets + 12);
        Assert.InRange(Timers, 0, before.Timers + 20);
        Assert.InRange(Threads, 0, before.Threads + 10);
    }

    private static bool IsSocket(string descriptor) =>
        new FileInfo(descriptor).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) ?? false;
}
