using MultiCluster.Faults;

namespace MultiCluster.Http.Login;

/// <summary>The loop of attempts behind <see cref="AuthMonitor"/>: quick ones first, then one a minute until the server accepts.</summary>
internal sealed class AuthRecovery(AuthMonitor monitor, Func<CancellationToken, Task<ProbeOutcome>> probe, TimeProvider time) : IDisposable
{
    /// <summary>When the quick attempts are made, counted from the rejection.</summary>
    internal static readonly TimeSpan[] QuickAttempts =
        [TimeSpan.Zero, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(15)];

    /// <summary>Between attempts once the quick ones are used up.</summary>
    internal static readonly TimeSpan SteadyInterval = TimeSpan.FromSeconds(60);

    /// <summary>After an attempt that did not reach the server.</summary>
    internal static readonly TimeSpan UnreachableInterval = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private TaskCompletionSource _restart = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset? _next;
    private int _used;

    /// <summary>True until the attempt under way has ended.</summary>
    public bool IsAttempting
    {
        get
        {
            lock (_gate)
                return _next is null;
        }
    }

    /// <summary>Whole seconds until the next attempt; 0 while one is under way.</summary>
    public int SecondsToRetry
    {
        get
        {
            lock (_gate)
                return _next is null ? 0 : Math.Max(0, (int)Math.Ceiling((_next.Value - time.GetUtcNow()).TotalSeconds));
        }
    }

    /// <summary>Starts the loop; it ends when the monitor says so, or by <see cref="Dispose"/>.</summary>
    public void Start() => _ = RunAsync(_stop.Token);

    /// <summary>The quick attempts begin again: at once, or as soon as the attempt under way has failed.</summary>
    public void Restart()
    {
        lock (_gate)
            _restart.TrySetResult();
    }

    /// <summary>Counts an attempt that the server rejected, unless a restart was asked for meanwhile.</summary>
    /// <returns>True when the quick attempts are used up.</returns>
    public bool UseAttempt()
    {
        lock (_gate)
        {
            if (_restart.Task.IsCompleted)
                return false;
            _used = Math.Min(_used + 1, QuickAttempts.Length);
            return _used == QuickAttempts.Length;
        }
    }

    /// <summary>Ends the loop and the attempt under way.</summary>
    // Asynchronously, for it is called under the monitor's lock and what is cancelled may call back.
    public void Dispose() => _ = _stop.CancelAsync();

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        // The reporting request does not wait for the attempts.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            while (true)
            {
                var outcome = await AttemptAsync(cancellationToken).ConfigureAwait(false);
                if (!monitor.Conclude(this, outcome))
                    return;
                await WaitAsync(DelayAfter(outcome), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The monitor is disposed, or the server has accepted the credential meanwhile.
        }
    }

    private TimeSpan DelayAfter(ProbeOutcome outcome)
    {
        lock (_gate)
        {
            if (outcome is ProbeOutcome.Unreachable)
                return UnreachableInterval;
            return _used < QuickAttempts.Length ? QuickAttempts[_used] - QuickAttempts[Math.Max(0, _used - 1)] : SteadyInterval;
        }
    }

    private async Task<ProbeOutcome> AttemptAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await probe(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (FaultException exception) when (CredentialProblems.Of(exception.Fault) is not CredentialProblem.Connectivity)
        {
            return new ProbeOutcome.Rejected(exception.Fault);
        }
        catch (Exception exception)
        {
            // Nothing that an attempt throws may end the recovery.
            return new ProbeOutcome.Unreachable(UnforeseenFault.Of(exception));
        }
    }

    private async Task WaitAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        Task restart;
        lock (_gate)
        {
            restart = _restart.Task;
            _next = time.GetUtcNow() + delay;
        }

        try
        {
            await restart.WaitAsync(delay, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // No restart: the next attempt is due.
        }
        finally
        {
            lock (_gate)
            {
                _next = null;
                if (_restart.Task.IsCompleted)
                {
                    _restart = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    _used = 0;
                }
            }
        }
    }
}
