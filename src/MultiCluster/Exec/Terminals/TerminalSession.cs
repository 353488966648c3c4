namespace MultiCluster.Exec.Terminals;

/// <summary>A process with a terminal in a container, and somebody at this machine's terminal before it.</summary>
internal sealed class TerminalSession(PodProcess process, LocalTerminal terminal, DetachKeys detach)
{
    /// <summary>Goes on until the process ends, or somebody leaves it.</summary>
    /// <returns>Its exit code; null when it was left.</returns>
    /// <exception cref="Faults.FaultException">It could not be run, or the connection was lost.</exception>
    public async Task<int?> RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var showing = ShowAsync(stop.Token);
        var typing = Task.Factory.StartNew(() => Type(left, stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            await Task.WhenAny(showing, left.Task).WaitAsync(cancellationToken).ConfigureAwait(false);
            return left.Task.IsCompleted && !showing.IsCompleted ? null : await showing.ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await typing.ConfigureAwait(false); // the next key is the prompt's
            await showing.ContinueWith(static _ => { }, TaskScheduler.Default).ConfigureAwait(false);
        }
    }

    private async Task<int?> ShowAsync(CancellationToken cancellationToken)
    {
        while (await process.ReadAsync(cancellationToken).ConfigureAwait(false) is { IsEnd: false } part)
            terminal.Write(part.Bytes.Span);
        return process.ExitCode;
    }

    /// <summary>Reads keys and looks at the size, on a thread of its own: a terminal is not asynchronous.</summary>
    private void Type(TaskCompletionSource left, CancellationToken cancellationToken)
    {
        var keys = new byte[4096];
        (int, int) known = default;
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                if (terminal.Size is var size && size != known)
                {
                    known = size;
                    process.ResizeAsync(size.Width, size.Height, cancellationToken).AsTask().GetAwaiter().GetResult();
                }

                var read = terminal.Read(keys);
                if (read < 0)
                {
                    left.TrySetResult(); // nobody is there any more
                    return;
                }

                var (sent, leaves) = detach.Take(keys.AsSpan(0, read));
                process.WriteAsync(sent, cancellationToken).AsTask().GetAwaiter().GetResult();
                if (leaves)
                {
                    left.TrySetResult();
                    return;
                }
            }
        }
        catch (Exception e) when (e is Faults.FaultException or OperationCanceledException)
        {
            // Who reads what it writes hears why.
        }
    }
}
