using System.Diagnostics;
using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MultiCluster.Tests.Picking;

/// <summary>A console whose keys are known beforehand and whose screen can be read.</summary>
internal sealed class TestTerminal : IAnsiConsole, IAnsiConsoleInput, IAnsiConsoleOutput
{
    private readonly IAnsiConsole _console;
    private readonly Queue<ConsoleKeyInfo> _keys;
    private int _seen;
    private long _read = Stopwatch.GetTimestamp();

    public TestTerminal(int width, int height, IEnumerable<ConsoleKeyInfo> keys, ColorSystemSupport colors = ColorSystemSupport.NoColors, bool isTerminal = true)
    {
        (Width, Height, IsTerminal) = (width, height, isTerminal);
        Screen = new TestScreen(height);
        _keys = new Queue<ConsoleKeyInfo>(keys);
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = colors,
            Interactive = InteractionSupport.Yes,
            Out = this,
        });
        Profile.Capabilities.Unicode = true;
    }

    public TestScreen Screen { get; }

    /// <summary>Called when all keys have been read.</summary>
    public Action OnIdle { get; init; } = () => throw new InvalidDataException("The keys ran out.");

    public bool InputIsRedirected { get; init; }

    public int Width { get; set; }

    public int Height { get; }

    public bool IsTerminal { get; }

    public TextWriter Writer => Screen;

    public Profile Profile => _console.Profile;

    public IAnsiConsoleCursor Cursor => _console.Cursor;

    public IAnsiConsoleInput Input => this;

    public IExclusivityMode ExclusivityMode => _console.ExclusivityMode;

    public RenderPipeline Pipeline => _console.Pipeline;

    /// <summary>Another key.</summary>
    public void Press(ConsoleKeyInfo key) => _keys.Enqueue(key);

    public void Clear(bool home) => _console.Clear(home);

    public void Write(IRenderable renderable) => _console.Write(renderable);

    public void WriteAnsi(Action<AnsiWriter> action) => _console.WriteAnsi(action);

    public void SetEncoding(Encoding encoding)
    {
    }

    /// <summary>A key is there only once the picture of the one before has been drawn.</summary>
    public bool IsKeyAvailable()
    {
        if (InputIsRedirected)
            throw new InvalidOperationException("Console input has been redirected.");
        if (Screen.Writes == _seen)
            return false;
        if (_keys.Count == 0)
        {
            Assert.True(Stopwatch.GetElapsedTime(_read) < TimeSpan.FromMinutes(2), $"What the next key waits for is not shown:\n{Screen.Text}");
            OnIdle();
        }

        return _keys.Count > 0;
    }

    public ConsoleKeyInfo? ReadKey(bool intercept)
    {
        Assert.True(intercept);
        Screen.Pictures.Add(Screen.Text);
        _seen = Screen.Writes;
        _read = Stopwatch.GetTimestamp();
        return _keys.Dequeue();
    }

    public Task<ConsoleKeyInfo?> ReadKeyAsync(bool intercept, CancellationToken cancellationToken) => Task.FromResult(ReadKey(intercept));
}
