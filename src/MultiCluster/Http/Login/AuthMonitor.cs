using MultiCluster.Faults;

namespace MultiCluster.Http.Login;

/// <summary>
/// Watches one cluster's login. After a rejection, requests fail at once instead of hammering the identity provider, while one loop
/// rebuilds the credential and asks the server again, for ever.
/// </summary>
/// <param name="probe">
/// One attempt: rebuilds the credential from the kubeconfig and asks the server, without calling <see cref="ThrowIfBlocked"/>.
/// A fault that it throws counts as its outcome.
/// </param>
/// <param name="time">Clock of the attempts.</param>
internal sealed class AuthMonitor(Func<CancellationToken, Task<ProbeOutcome>> probe, TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<(AuthState Old, AuthState New, Fault? Fault)> _changes = new();
    private AuthState _state;
    private AuthRecovery? _recovery;
    private Fault? _rejection;
    private Fault? _unreachable;
    private bool _raising;
    private bool _disposed;

    /// <summary>Raised after each change, in order, one at a time: old state, new state, the fault behind it (null when valid again).</summary>
    public event Action<AuthState, AuthState, Fault?>? StateChanged;

    /// <summary>The present state.</summary>
    public AuthState State
    {
        get
        {
            lock (_gate)
                return _state;
        }
    }

    /// <summary>What the last attempt or rejection said; null while the login is valid.</summary>
    public Fault? LastFault
    {
        get
        {
            lock (_gate)
                return _unreachable ?? _rejection;
        }
    }

    /// <summary>Whole seconds until the next attempt; 0 while one is under way or none is needed.</summary>
    public int SecondsToRetry
    {
        get
        {
            lock (_gate)
                return _recovery?.SecondsToRetry ?? 0;
        }
    }

    /// <summary>Faults while the login is recovering or invalid.</summary>
    /// <exception cref="FaultException">The last problem, with the time of the next attempt.</exception>
    public void ThrowIfBlocked()
    {
        lock (_gate)
        {
            if (_rejection is not null && _recovery is not null)
                throw new FaultException(Blocked(_rejection, _unreachable, _recovery.SecondsToRetry));
        }
    }

    /// <summary>The server rejected the credential, or none could be had. However many requests say so, one recovery runs.</summary>
    public void ReportRejected(Fault fault)
    {
        AuthRecovery recovery;
        lock (_gate)
        {
            if (_disposed || _recovery is not null)
                return;
            _recovery = recovery = new AuthRecovery(this, probe, time);
            _rejection = fault;
            Change(AuthState.Recovering, fault);
        }

        RaiseChanges();
        recovery.Start();
    }

    /// <summary>
    /// The server accepted the credential. While an attempt is under way its outcome decides, so that late answers to requests
    /// from before the rejection do not stop it.
    /// </summary>
    public void ReportAccepted()
    {
        lock (_gate)
        {
            if (_recovery is null || _recovery.IsAttempting)
                return;
            EndRecovery();
        }

        RaiseChanges();
    }

    /// <summary>Starts the quick attempts again, at once: the user has logged in, or the kubeconfig has changed. Nothing to do while the login is valid.</summary>
    public void TriggerRetry()
    {
        lock (_gate)
        {
            if (_recovery is null)
                return;
            Change(AuthState.Recovering, _rejection);
            _recovery.Restart();
        }

        RaiseChanges();
    }

    /// <summary>Cancels the recovery; what is reported later changes nothing.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _recovery?.Dispose();
            _recovery = null;
        }
    }

    /// <summary>An attempt of <paramref name="recovery"/> has ended.</summary>
    /// <returns>False when the recovery is over.</returns>
    internal bool Conclude(AuthRecovery recovery, ProbeOutcome outcome)
    {
        lock (_gate)
        {
            if (_recovery != recovery)
                return false;
            switch (outcome)
            {
                case ProbeOutcome.Accepted:
                    EndRecovery();
                    break;
                case ProbeOutcome.Rejected(var fault):
                    _rejection = fault;
                    _unreachable = null;
                    if (recovery.UseAttempt())
                        Change(AuthState.Invalid, fault);
                    break;
                case ProbeOutcome.Unreachable(var fault):
                    _unreachable = fault;
                    break;
            }
        }

        RaiseChanges();
        return outcome is not ProbeOutcome.Accepted;
    }

    private static Fault Blocked(Fault rejection, Fault? unreachable, int seconds)
    {
        var next = seconds == 0 ? "an attempt is under way" : $"next attempt in {seconds} s";
        var lately = unreachable is null ? "" : $"; the last attempt did not reach the server: {unreachable.Detail}";
        return rejection with
        {
            Phase = rejection.Phase is FaultPhase.Credential ? FaultPhase.Credential : FaultPhase.Unauthorized,
            Detail = $"{rejection.Detail}{lately}; {next}",
            Operation = null,
            Advice = rejection.Advice ?? "Log in again; the cluster recovers by itself once its credential is good.",
            RetryAfter = TimeSpan.FromSeconds(seconds),
        };
    }

    private void EndRecovery()
    {
        _recovery?.Dispose();
        _recovery = null;
        _rejection = null;
        _unreachable = null;
        Change(AuthState.Valid, null);
    }

    private void Change(AuthState state, Fault? fault)
    {
        if (_state == state)
            return;
        _changes.Enqueue((_state, state, fault));
        _state = state;
    }

    private void RaiseChanges()
    {
        lock (_gate)
        {
            if (_raising)
                return;
            _raising = true;
        }

        while (true)
        {
            (AuthState Old, AuthState New, Fault? Fault) change;
            lock (_gate)
            {
                if (!_changes.TryDequeue(out change))
                {
                    _raising = false;
                    return;
                }
            }

            try
            {
                StateChanged?.Invoke(change.Old, change.New, change.Fault);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // A subscriber's failure must not end the cluster's recovery.
            }
        }
    }
}
