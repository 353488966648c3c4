namespace MultiCluster.Credentials;

/// <summary>One run of an exec plugin and those who wait for it.</summary>
/// <param name="interactive">True when the plugin may ask the user.</param>
internal sealed class ExecFlight(bool interactive) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<ExecCredentialResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>True when the plugin may ask the user.</summary>
    public bool IsInteractive { get; } = interactive;

    /// <summary>How many wait; guarded by the runner's lock.</summary>
    public int Waiters { get; set; }

    /// <summary>What the plugin printed.</summary>
    public Task<ExecCredentialResult> Result => _result.Task;

    /// <summary>The plugin's process and all that it starts.</summary>
    public PluginTree Tree { get; } = new();

    /// <summary>Cancelled when nobody waits any more.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <summary>Ends the run, if it has not ended; the plugin is killed soon.</summary>
    public void Dispose() => _stop.Cancel();

    /// <summary>Ends the run, if it has not ended; the plugin is gone afterwards.</summary>
    public void Kill()
    {
        Dispose();
        Tree.Kill();
    }

    /// <summary>Hands the outcome to those who wait.</summary>
    public void Complete(ExecCredentialResult? result, Exception? failure)
    {
        Tree.Dispose();
        switch (failure)
        {
            case null:
                _result.TrySetResult(result!);
                break;
            case OperationCanceledException:
                _result.TrySetCanceled(Stopping);
                break;
            default:
                _result.TrySetException(failure);
                // Seen, even if all have left meanwhile.
                _ = _result.Task.Exception;
                break;
        }
    }
}
