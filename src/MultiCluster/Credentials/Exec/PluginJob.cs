using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace MultiCluster.Credentials;

/// <summary>
/// A job of Windows: a process with all that it starts, whoever's child that is by then. While it is held, all of it ends with this process,
/// however that ends. What leaves the job on purpose (CREATE_BREAKAWAY_FROM_JOB) is a daemon.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed partial class PluginJob : IDisposable
{
    private const int ExtendedLimits = 9;
    private const uint BreakawayOk = 0x800, KillOnClose = 0x2000;

    private readonly SafeFileHandle _job;

    private PluginJob(SafeFileHandle job) => _job = job;

    /// <summary>The job of a process that was just started; null where the system has none for it.</summary>
    public static PluginJob? Of(Process process)
    {
        var job = CreateJobObject(0, null);
        if (Limit(job, BreakawayOk | KillOnClose) && AssignProcessToJobObject(job, process.SafeHandle))
            return new PluginJob(job);
        job.Dispose();
        return null;
    }

    /// <summary>Ends all that is in it.</summary>
    public void Kill() => _ = TerminateJobObject(_job, 1);

    /// <summary>Lets go of it: what still runs goes on.</summary>
    public void Dispose()
    {
        Limit(_job, BreakawayOk);
        _job.Dispose();
    }

    private static bool Limit(SafeFileHandle job, uint flags)
    {
        var limits = new JobLimits { Flags = flags };
        return !job.IsInvalid && SetInformationJobObject(job, ExtendedLimits, ref limits, (uint)Marshal.SizeOf<JobLimits>());
    }

    [LibraryImport("kernel32", EntryPoint = "CreateJobObjectW", StringMarshalling = StringMarshalling.Utf16)]
    private static partial SafeFileHandle CreateJobObject(nint security, string? name);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetInformationJobObject(SafeFileHandle job, int kind, ref JobLimits limits, uint length);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool AssignProcessToJobObject(SafeFileHandle job, SafeProcessHandle process);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool TerminateJobObject(SafeFileHandle job, uint exitCode);

    /// <summary><c>JOBOBJECT_EXTENDED_LIMIT_INFORMATION</c>, as far as it is set here: its other fields are zero.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct JobLimits
    {
        public long ProcessTime, JobTime;
        public uint Flags;
        public nuint LeastWorkingSet, MostWorkingSet;
        public uint Processes;
        public nuint Affinity;
        public uint Priority, Scheduling;
        public ulong Reads, Writes, Others, BytesRead, BytesWritten, BytesOther;
        public nuint ProcessMemory, JobMemory, PeakProcessMemory, PeakJobMemory;
    }
}
