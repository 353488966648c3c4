using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MultiCluster.Sandbox.Containers;

/// <summary>A real pseudo-terminal for a process, where the platform has one: Linux, with util-linux' setsid and GNU env.</summary>
internal static partial class PseudoTerminal
{
    private const int ReadWrite = 2, NoControllingTerminal = 0x100, CloseOnExec = 0x80000;
    private const ulong SetWindowSize = 0x5414;

    /// <summary>Whether there are any.</summary>
    public static bool AreThere => OperatingSystem.IsLinux() && File.Exists("/usr/bin/setsid");

    public static async Task<int> RunAsync(ProcessStartInfo start, Terminal terminal, ProgramStreams streams, CancellationToken killed)
    {
        if (!AreThere) throw new IOException("There are no pseudo-terminals here.");
        using var master = new SafeFileHandle(Open(ReadWrite | NoControllingTerminal | CloseOnExec), ownsHandle: true);
        if (master.IsInvalid || Grant(master) != 0 || Unlock(master) != 0) throw new IOException("A pseudo-terminal cannot be opened.");
        var name = new byte[64];
        if (NameOf(master, name, (nuint)name.Length) != 0) throw new IOException("A pseudo-terminal has no name.");
        var path = System.Text.Encoding.ASCII.GetString(name).TrimEnd('\0');
        var sizing = new Lock();
        void Resize()
        {
            lock (sizing) // the first size may come while this reads that there is none
            {
                var size = new WindowSize { Rows = (ushort)terminal.Rows, Columns = (ushort)terminal.Columns };
                _ = Control(master, SetWindowSize, ref size);
            }
        }

        terminal.Resized += Resize;
        Resize();
        // Who was started in the background ignores Ctrl+C, and so would its children: a container's programs begin with all signals as they are.
        var shell = new ProcessStartInfo("/bin/sh", ["-c", "exec /usr/bin/env --default-signal /usr/bin/setsid --ctty --wait \"$@\" <\"$0\" >\"$0\" 2>&1", path, start.FileName, .. start.ArgumentList])
        {
            WorkingDirectory = start.WorkingDirectory,
            UseShellExecute = false,
        };
        foreach (var (key, value) in start.Environment) shell.Environment[key] = value;
        shell.Environment["TERM"] = "xterm";
        using var process = Process.Start(shell)!;
        await using var kill = killed.Register(() => ProcessContainer.Kill(process));
        await using var device = new FileStream(new SafeFileHandle(master.DangerousGetHandle(), ownsHandle: false), FileAccess.ReadWrite, bufferSize: 0, isAsync: false);
        using var ended = new CancellationTokenSource();
        var typing = TypeAsync(streams.Input, device, ended.Token);
        var showing = ShowAsync(device, streams.Output);
        await process.WaitForExitAsync(CancellationToken.None);
        await showing;
        terminal.Resized -= Resize;
        await ended.CancelAsync();
        await typing;
        return process.ExitCode;
    }

    private static async Task TypeAsync(Stream? from, Stream device, CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        try
        {
            while (from is not null && await from.ReadAsync(buffer, cancellationToken) is var read and > 0) await device.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The process has ended.
        }
    }

    // A thread of its own: reading waits in the system, and a busy machine gives the pool no thread in its place.
    private static Task ShowAsync(FileStream device, Stream output) => Task.Factory.StartNew(
        () =>
        {
            var buffer = new byte[32 * 1024];
            try
            {
                while (device.Read(buffer) is var read and > 0) output.WriteAsync(buffer.AsMemory(0, read)).AsTask().GetAwaiter().GetResult();
            }
            catch (IOException)
            {
                // The last process that had it open has closed it, or nobody looks.
            }
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    [StructLayout(LayoutKind.Sequential)]
    private struct WindowSize
    {
        public ushort Rows;
        public ushort Columns;
        public ushort Width;
        public ushort Height;
    }

    [LibraryImport("libc", EntryPoint = "posix_openpt")]
    private static partial int Open(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt")]
    private static partial int Grant(SafeFileHandle master);

    [LibraryImport("libc", EntryPoint = "unlockpt")]
    private static partial int Unlock(SafeFileHandle master);

    [LibraryImport("libc", EntryPoint = "ptsname_r")]
    private static partial int NameOf(SafeFileHandle master, [Out] byte[] name, nuint length);

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int Control(SafeFileHandle master, ulong request, ref WindowSize size);
}
