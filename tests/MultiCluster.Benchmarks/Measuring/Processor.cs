using System.Runtime.InteropServices;

namespace MultiCluster.Benchmarks.Measuring;

/// <summary>Processor time from the kernel's own counters.</summary>
internal static partial class Processor
{
    private const int Children = -1;

    /// <summary>User and system time of all children that have ended.</summary>
    public static TimeSpan OfEndedChildren()
    {
        if (!OperatingSystem.IsLinux())
            return TimeSpan.Zero;
        return GetResourceUsage(Children, out var usage) == 0
            ? TimeSpan.FromMicroseconds(((usage.UserSeconds + usage.SystemSeconds) * 1_000_000) + usage.UserMicroseconds + usage.SystemMicroseconds)
            : throw new InvalidOperationException("getrusage failed.");
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetResourceUsage(int who, out ResourceUsage usage);

    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct ResourceUsage
    {
        public long UserSeconds;
        public long UserMicroseconds;
        public long SystemSeconds;
        public long SystemMicroseconds;
        private fixed long _rest[14];
    }
}
