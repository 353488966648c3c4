namespace MultiCluster.Sandbox.Containers;

/// <summary>
/// The terminal that a program was given: its size, and what Linux' line discipline does with what is typed and written. Safe for concurrent use.
/// </summary>
public sealed class Terminal
{
    private const byte InterruptKey = 3, EndOfInput = 4, Backspace = 8, NewLine = 10, Return = 13, KillLine = 21, Delete = 127;

    private readonly List<byte> _line = [];
    private readonly TypedPipe _typed = new();
    private readonly Stream _screen;
    private int _columns;
    private int _rows;
    private Action? _interrupt;
    private bool _ended;

    internal Terminal(Stream screen)
    {
        _screen = screen;
        Output = new ProgramOutput(WriteAsync);
    }

    /// <summary>Its size has changed.</summary>
    public event Action? Resized;

    public int Columns => _columns;

    public int Rows => _rows;

    /// <summary>True (<c>stty raw</c>) for a program that gets each key as it is, and draws its own screen.</summary>
    public bool IsRaw { get; set; }

    /// <summary>False (<c>stty -echo</c>) to show nothing of what is typed.</summary>
    public bool Echoes { get; set; } = true;

    internal Stream Input => _typed.Input;

    internal Stream Output { get; }

    internal void Resize(int columns, int rows)
    {
        (_columns, _rows) = (columns, rows);
        Resized?.Invoke();
    }

    /// <summary>Says what Ctrl+C does, and returns what it did until then.</summary>
    internal Action? OnInterrupt(Action? interrupt) => Interlocked.Exchange(ref _interrupt, interrupt);

    /// <summary>Takes what was typed.</summary>
    internal async ValueTask TypeAsync(ReadOnlyMemory<byte> keys, CancellationToken cancellationToken)
    {
        if (_ended) return;
        if (IsRaw)
        {
            await _typed.WriteAsync(keys, cancellationToken);
            return;
        }
        var echo = new List<byte>();
        for (var i = 0; i < keys.Length; i++)
        {
            switch (keys.Span[i])
            {
                case InterruptKey:
                    _line.Clear();
                    _typed.Discard();
                    echo.AddRange("^C\r\n"u8);
                    await ActAsync(echo, () => { Interrupt(); return ValueTask.CompletedTask; }, cancellationToken);
                    break;
                case EndOfInput when _line.Count == 0:
                    End();
                    break;
                case EndOfInput:
                    await ActAsync(echo, () => SubmitAsync(cancellationToken), cancellationToken);
                    break;
                case Backspace or Delete:
                    if (_line.Count > 0) echo.AddRange("\b \b"u8);
                    Erase();
                    break;
                case KillLine:
                    for (; _line.Count > 0; Erase()) echo.AddRange("\b \b"u8);
                    break;
                case Return or NewLine:
                    _line.Add(NewLine);
                    echo.AddRange("\r\n"u8);
                    await ActAsync(echo, () => SubmitAsync(cancellationToken), cancellationToken);
                    break;
                case var key:
                    _line.Add(key);
                    echo.AddRange(key is < 32 and not 9 ? [(byte)'^', (byte)(key + 64)] : [key]);
                    break;
            }
        }
        await EchoAsync(echo, cancellationToken);
    }

    /// <summary>Nothing more is typed.</summary>
    internal void End()
    {
        if (_ended) return;
        _ended = true;
        _typed.EndOutput();
    }

    private async ValueTask EchoAsync(List<byte> echo, CancellationToken cancellationToken)
    {
        if (Echoes && echo.Count > 0) await _screen.WriteAsync(echo.ToArray(), cancellationToken);
        echo.Clear();
    }

    // What was typed is shown before what a program says of it; a screen that nobody reads keeps nothing from the program.
    private async ValueTask ActAsync(List<byte> echo, Func<ValueTask> act, CancellationToken cancellationToken)
    {
        var echoed = EchoAsync(echo, cancellationToken);
        await act();
        await echoed;
    }

    private void Interrupt()
    {
        try
        {
            _interrupt?.Invoke();
        }
        catch (ObjectDisposedException)
        {
            // What it would have ended has just ended.
        }
    }

    private async ValueTask SubmitAsync(CancellationToken cancellationToken)
    {
        var line = _line.ToArray();
        _line.Clear();
        await _typed.WriteAsync(line, cancellationToken);
    }

    // A character may be several bytes of UTF-8.
    private void Erase()
    {
        while (_line.Count > 0)
        {
            var last = _line[^1];
            _line.RemoveAt(_line.Count - 1);
            if ((last & 0xC0) != 0x80) return;
        }
    }

    private ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (IsRaw || bytes.Span.IndexOf(NewLine) < 0) return _screen.WriteAsync(bytes, cancellationToken);
        var shown = new byte[bytes.Length + bytes.Span.Count(NewLine)];
        var length = 0;
        foreach (var one in bytes.Span)
        {
            if (one == NewLine) shown[length++] = Return;
            shown[length++] = one;
        }
        return _screen.WriteAsync(shown.AsMemory(0, length), cancellationToken);
    }
}
