using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using MultiCluster.Faults;

namespace MultiCluster.Exec.Terminals;

/// <summary>The terminal of Linux and macOS, by termios. What the structure holds is the system's own: it is kept and given back as bytes.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed partial class UnixTerminal : LocalTerminal
{
    private const int Input = 0;
    private const int Now = 0;
    private const short Readable = 1;
    private const int Patience = 100;

    /// <summary>More than any system's <c>struct termios</c> takes: 60 bytes on Linux, 72 on macOS.</summary>
    private const int Largest = 256;

    private readonly Stream _output = Console.OpenStandardOutput();
    private readonly byte[] _before;
    private bool _disposed;

    private UnixTerminal(byte[] before) => _before = before;

    public override (int Width, int Height) Size => (Console.WindowWidth, Console.WindowHeight);

    public static UnixTerminal Take()
    {
        var before = new byte[Largest];
        if (GetAttributes(Input, before) != 0)
            throw new FaultException(NoTerminal());
        var raw = before.ToArray();
        MakeRaw(raw);
        if (SetAttributes(Input, Now, raw) != 0)
            throw new FaultException(NoTerminal());
        return new UnixTerminal(before);
    }

    public override int Read(Span<byte> keys)
    {
        var waiting = new Awaited { Descriptor = Input, Events = Readable };
        var ready = Poll(ref waiting, 1, Patience);
        if (ready <= 0)
            return 0; // a signal, as of a new size, ends the wait as well
        var read = (int)ReadInput(Input, ref MemoryMarshal.GetReference(keys), keys.Length);
        return read <= 0 ? -1 : read;
    }

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        _output.Write(bytes);
        _output.Flush();
    }

    public override void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _ = SetAttributes(Input, Now, _before);
        _output.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    private static partial int GetAttributes(int descriptor, [Out] byte[] attributes);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    private static partial int SetAttributes(int descriptor, int when, [In] byte[] attributes);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void MakeRaw([In, Out] byte[] attributes);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref Awaited awaited, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint ReadInput(int descriptor, ref byte buffer, nint length);

    /// <summary><c>struct pollfd</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Awaited
    {
        public int Descriptor;
        public short Events;
        public short Happened;
    }
}
