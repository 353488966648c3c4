using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using MultiCluster.Faults;

namespace MultiCluster.Exec.Terminals;

/// <summary>The console of Windows, with its virtual terminal: keys come as the sequences that a terminal sends for them.</summary>
[SupportedOSPlatform("windows")]
internal sealed partial class WindowsTerminal : LocalTerminal
{
    private const int StandardInput = -10;
    private const int StandardOutput = -11;
    private const uint ProcessedInput = 0x1, LineInput = 0x2, EchoInput = 0x4, VirtualInput = 0x200;
    private const uint ProcessedOutput = 0x1, VirtualOutput = 0x4, NoReturn = 0x8;
    private const ushort KeyEvent = 1;
    private const uint Patience = 100;

    private readonly Stream _output = Console.OpenStandardOutput();
    private readonly Encoder _encoder = Encoding.UTF8.GetEncoder();
    private readonly Encoding _encodingBefore = Console.OutputEncoding;
    private readonly nint _in;
    private readonly nint _out;
    private readonly uint _inBefore;
    private readonly uint _outBefore;
    private bool _disposed;

    private WindowsTerminal(nint input, nint output, uint inBefore, uint outBefore)
    {
        (_in, _out, _inBefore, _outBefore) = (input, output, inBefore, outBefore);
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
    }

    public override (int Width, int Height) Size => (Console.WindowWidth, Console.WindowHeight);

    public static WindowsTerminal Take()
    {
        var (input, output) = (GetStdHandle(StandardInput), GetStdHandle(StandardOutput));
        if (!GetConsoleMode(input, out var inBefore) || !GetConsoleMode(output, out var outBefore))
            throw new FaultException(NoTerminal());
        if (!SetConsoleMode(input, (inBefore & ~(ProcessedInput | LineInput | EchoInput)) | VirtualInput))
            throw new FaultException(NoTerminal());
        _ = SetConsoleMode(output, outBefore | ProcessedOutput | VirtualOutput | NoReturn);
        return new WindowsTerminal(input, output, inBefore, outBefore);
    }

    public override int Read(Span<byte> keys)
    {
        if (WaitForSingleObject(_in, Patience) != 0)
            return 0;
        var length = 0;
        while (length + 4 <= keys.Length && GetNumberOfConsoleInputEvents(_in, out var waiting) && waiting > 0)
        {
            if (!ReadConsoleInput(_in, out var record, 1, out _))
                return -1;
            if (record is { Type: KeyEvent, IsDown: not 0, Letter: not 0 })
                length += _encoder.GetBytes([(char)record.Letter], keys[length..], flush: false);
        }

        return length;
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
        _ = SetConsoleMode(_in, _inBefore);
        _ = SetConsoleMode(_out, _outBefore);
        Console.OutputEncoding = _encodingBefore;
        _output.Dispose();
    }

    [LibraryImport("kernel32")]
    private static partial nint GetStdHandle(int which);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetConsoleMode(nint handle, out uint mode);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetConsoleMode(nint handle, uint mode);

    [LibraryImport("kernel32")]
    private static partial uint WaitForSingleObject(nint handle, uint milliseconds);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetNumberOfConsoleInputEvents(nint handle, out uint count);

    [LibraryImport("kernel32", EntryPoint = "ReadConsoleInputW")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool ReadConsoleInput(nint handle, out InputRecord record, uint length, out uint read);

    /// <summary><c>INPUT_RECORD</c>, as far as keys go.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 20)]
    private struct InputRecord
    {
        [FieldOffset(0)]
        public ushort Type;

        [FieldOffset(4)]
        public int IsDown;

        [FieldOffset(14)]
        public ushort Letter;
    }
}
