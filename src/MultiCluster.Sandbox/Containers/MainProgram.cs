using System.Collections.Immutable;

namespace MultiCluster.Sandbox.Containers;

/// <summary>The program that a container was started for: what it writes is logged, and goes to those who attach to it. Safe for concurrent use.</summary>
internal sealed class MainProgram : IAsyncDisposable
{
    private readonly CancellationTokenSource _killed = new();
    private readonly ProgramPipe _input = new();
    private readonly Terminal? _terminal;
    private readonly bool _closesInput;
    private ImmutableList<ProgramStreams> _attached = [];

    /// <summary>Starts it.</summary>
    /// <param name="container">Where it runs.</param>
    /// <param name="options">What it runs.</param>
    /// <param name="log">Takes what it writes.</param>
    public MainProgram(Container container, MainProgramOptions options, Action<ReadOnlyMemory<byte>> log)
    {
        _closesInput = options.ClosesInput;
        var output = new ProgramOutput((bytes, cancellationToken) =>
        {
            log(bytes);
            return SendAsync(static streams => streams.Output, bytes, cancellationToken);
        });
        var error = new ProgramOutput((bytes, cancellationToken) =>
        {
            log(bytes);
            return SendAsync(static streams => streams.Error, bytes, cancellationToken);
        });
        if (options.HasTerminal) _terminal = new Terminal(output);
        var input = !options.HasInput ? null : _terminal?.Input ?? _input.Input;
        Exit = RunAsync(container, options.Command, new ProgramStreams(input, _terminal?.Output ?? output, _terminal?.Output ?? error, _terminal));
    }

    /// <summary>Its exit code, once it has ended.</summary>
    public Task<int> Exit { get; }

    /// <summary>Gives somebody its streams, until it ends or they have enough.</summary>
    public async Task AttachAsync(ProgramStreams streams, CancellationToken cancellationToken)
    {
        ImmutableInterlocked.Update(ref _attached, attached => attached.Add(streams));
        if (streams.Terminal is { } terminal)
        {
            terminal.Resized += () => _terminal?.Resize(terminal.Columns, terminal.Rows);
            if (terminal.Columns > 0) _terminal?.Resize(terminal.Columns, terminal.Rows);
        }
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var typing = streams.Input is null ? Task.CompletedTask : TypeAsync(streams.Input, end.Token);
        try
        {
            await Exit.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // They have enough, or the container ends.
        }
        ImmutableInterlocked.Update(ref _attached, attached => attached.Remove(streams));
        await end.CancelAsync();
        await typing;
    }

    public Task KillAsync() => _killed.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await _killed.CancelAsync();
        await Exit;
        _killed.Dispose();
    }

    private async Task<int> RunAsync(Container container, IReadOnlyList<string> command, ProgramStreams streams)
    {
        await Task.Yield();
        try
        {
            return await container.RunAsync(command, streams, _killed.Token);
        }
        catch (ProgramMissingException)
        {
            return 127;
        }
        finally
        {
            _input.EndInput();
        }
    }

    private async Task TypeAsync(Stream from, CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        try
        {
            while (await from.ReadAsync(buffer, cancellationToken) is var read and > 0)
                await (_terminal?.TypeAsync(buffer.AsMemory(0, read), cancellationToken) ?? _input.WriteAsync(buffer.AsMemory(0, read), cancellationToken));
            if (!_closesInput) return;
            _terminal?.End();
            _input.EndOutput();
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException)
        {
            // One side has ended.
        }
    }

    private async ValueTask SendAsync(Func<ProgramStreams, Stream> stream, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        foreach (var attached in _attached)
        {
            try
            {
                await stream(attached).WriteAsync(bytes, cancellationToken);
            }
            catch (BrokenPipeException)
            {
                ImmutableInterlocked.Update(ref _attached, all => all.Remove(attached));
            }
        }
    }
}

/// <summary>What a container's main program is, as its pod says.</summary>
/// <param name="Command">The program and its arguments.</param>
/// <param name="HasInput"><c>stdin</c></param>
/// <param name="ClosesInput"><c>stdinOnce</c>: its input ends with the first who attached.</param>
/// <param name="HasTerminal"><c>tty</c></param>
internal sealed record MainProgramOptions(IReadOnlyList<string> Command, bool HasInput, bool ClosesInput, bool HasTerminal);
