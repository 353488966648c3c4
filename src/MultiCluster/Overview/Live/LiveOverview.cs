using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Picking;
using Spectre.Console;

namespace MultiCluster.Overview.Live;

/// <summary>
/// The overview as a table that goes on in the terminal until the user leaves it. Each cluster is asked in a round of its own, so that one
/// that hangs holds up nobody's next answer.
/// </summary>
/// <remarks>
/// It is drawn by the picker's frames, which are written at once and find their place again when the terminal is resized. Spectre.Console's
/// Live writes piece by piece, cuts off what is longer than the terminal, and knows no keys.
/// </remarks>
internal sealed class LiveOverview
{
    private static readonly TimeSpan KeyPoll = TimeSpan.FromMilliseconds(20);

    private readonly IAnsiConsole _console;
    private readonly LiveState _state;
    private readonly LiveView _view;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private TaskCompletionSource _refresh = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private (int Width, int Height, int Version) _drawn;

    /// <summary>A live table of clusters.</summary>
    /// <param name="clusters">The clusters: id, and the name that the table shows.</param>
    /// <param name="interval">How long a cluster is left alone between two rounds.</param>
    /// <param name="console">The terminal.</param>
    /// <param name="time">The clock.</param>
    public LiveOverview(IEnumerable<(string Id, string Name)> clusters, TimeSpan interval, IAnsiConsole console, TimeProvider time)
    {
        _console = console;
        _state = new LiveState(clusters);
        _view = new LiveView(_state, console.Profile.Capabilities.Unicode);
        _interval = interval;
        _time = time;
    }

    /// <summary>A live table at this process's terminal; null where there is none.</summary>
    /// <param name="clusters">The clusters: id, and the name that the table shows.</param>
    /// <param name="interval">How long a cluster is left alone between two rounds.</param>
    /// <param name="time">The clock.</param>
    public static LiveOverview? AtTerminal(IEnumerable<(string Id, string Name)> clusters, TimeSpan interval, TimeProvider time)
    {
        // Made afresh: a shell that has set Console.OutputEncoding meanwhile has another Console.Out.
        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        return PickTerminal.IsThere(console) ? new(clusters, interval, console, time) : null;
    }

    /// <summary>Goes on until the user leaves.</summary>
    /// <param name="clusters">The clusters.</param>
    /// <param name="options">How many are asked at once.</param>
    /// <param name="operation">What brings a cluster's row.</param>
    /// <param name="cancellationToken">Ends it; the terminal is as it was.</param>
    public async Task RunAsync(
        IReadOnlyList<ClusterConnection> clusters, FanOutOptions options, Func<ClusterConnection, FanOutSink, CancellationToken, Task> operation, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var turns = new SemaphoreSlim(Math.Max(1, options.ThrottleLimit));
        var rounds = Task.WhenAll(clusters.Select(cluster => AskAsync(cluster, options, operation, turns, stop.Token)));
        try
        {
            await ShowAsync(stop.Token).ConfigureAwait(false);
        }
        finally
        {
            Write(PickFrame.Erased);
            await stop.CancelAsync().ConfigureAwait(false);
            await rounds.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task AskAsync(
        ClusterConnection cluster, FanOutOptions options, Func<ClusterConnection, FanOutSink, CancellationToken, Task> operation, SemaphoreSlim turns, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var refresh = Volatile.Read(ref _refresh).Task; // asked for meanwhile, the next round begins at once
            await turns.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                var run = FanOutRun.Start([cluster], options, operation);
                await using var _ = run.ConfigureAwait(false);
                await foreach (var item in run.Items.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                {
                    if (item is IFanOutObjects<object> { Objects: [KubeOverview row, ..] })
                        _state.Take(row, _time.GetUtcNow());
                }
            }
            finally
            {
                turns.Release();
            }

            await refresh.WaitAsync(_interval, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ShowAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Draw();
            while (_console.Input.IsKeyAvailable())
            {
                if (await _console.Input.ReadKeyAsync(intercept: true, cancellationToken).ConfigureAwait(false) is { } key && !Handle(key))
                    return;
                Draw();
            }

            await Task.Delay(KeyPoll, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What a key does; false when it leaves.</summary>
    private bool Handle(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.Q or ConsoleKey.Escape:
                return false;
            case ConsoleKey.S:
                _state.NextOrder();
                break;
            case ConsoleKey.R:
                Interlocked.Exchange(ref _refresh, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
                break;
            case ConsoleKey.UpArrow or ConsoleKey.K:
                _state.Scroll(-1);
                break;
            case ConsoleKey.DownArrow or ConsoleKey.J:
                _state.Scroll(1);
                break;
            case ConsoleKey.PageUp:
                _state.Scroll(-Page);
                break;
            case ConsoleKey.PageDown:
                _state.Scroll(Page);
                break;
        }

        _drawn = default; // whatever it did is to be seen
        return true;
    }

    private int Page => Math.Max(1, _console.Profile.Height - 3);

    private void Draw()
    {
        var now = (_console.Profile.Width, _console.Profile.Height, _state.Version);
        if (now == _drawn)
            return;
        var resized = _drawn.Width != 0 && (_drawn.Width, _drawn.Height) != (now.Width, now.Height);
        Write(PickFrame.Of(_view.Lines(now.Width, now.Height), resized));
        _drawn = now;
    }

    /// <summary>In one piece: the console's own way is piece by piece, which flickers.</summary>
    private void Write(PickFrame frame)
    {
        var terminal = _console.Profile.Out.Writer;
        terminal.Write(_console.ToAnsi(frame));
        terminal.Flush();
    }
}
