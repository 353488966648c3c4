using Spectre.Console;

namespace MultiCluster.Picking;

/// <summary>One picking at one terminal: draws, waits for keys, and leaves the terminal as it was.</summary>
internal sealed class PickSession
{
    private static readonly TimeSpan KeyPoll = TimeSpan.FromMilliseconds(10);

    private readonly IAnsiConsole _console;
    private readonly PickState _state;
    private readonly PickView _view;
    private (int Width, int Height) _drawn;

    public PickSession(IReadOnlyList<PickItem> items, IAnsiConsole console)
    {
        _console = console;
        _state = new PickState(items);
        _view = new PickView(_state, console.Profile.Capabilities.Unicode);
        _drawn = Size;
    }

    private (int Width, int Height) Size => (_console.Profile.Width, _console.Profile.Height);

    /// <summary>Goes on until the user accepts or cancels.</summary>
    /// <returns>The ticked items; <see langword="null"/> when the user cancelled.</returns>
    public async Task<IReadOnlyList<PickItem>?> RunAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var outcome = PickOutcome.Continue;
            while (outcome == PickOutcome.Continue)
            {
                Draw();
                await WaitForKeyAsync(cancellationToken).ConfigureAwait(false);
                outcome = await HandleKeysAsync(cancellationToken).ConfigureAwait(false);
            }

            return outcome == PickOutcome.Accepted ? _state.Ticked : null;
        }
        finally
        {
            Write(PickFrame.Erased);
        }
    }

    private void Draw()
    {
        var size = Size;
        Write(PickFrame.Of(_view.Lines(size.Width, size.Height), resized: size != _drawn));
        _drawn = size;
    }

    /// <summary>In one piece: the console's own way is piece by piece, which flickers.</summary>
    private void Write(PickFrame frame)
    {
        var terminal = _console.Profile.Out.Writer;
        terminal.Write(_console.ToAnsi(frame));
        terminal.Flush();
    }

    private async Task WaitForKeyAsync(CancellationToken cancellationToken)
    {
        while (!_console.Input.IsKeyAvailable())
        {
            await Task.Delay(KeyPoll, cancellationToken).ConfigureAwait(false);
            if (Size != _drawn)
                Draw();
        }
    }

    /// <summary>Takes all keys that have been pressed, so that a key held down does not run ahead of the drawing.</summary>
    private async Task<PickOutcome> HandleKeysAsync(CancellationToken cancellationToken)
    {
        var outcome = PickOutcome.Continue;
        while (outcome == PickOutcome.Continue && _console.Input.IsKeyAvailable())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await _console.Input.ReadKeyAsync(intercept: true, cancellationToken).ConfigureAwait(false) is { } key)
                outcome = _state.Handle(key);
        }

        return outcome;
    }
}
