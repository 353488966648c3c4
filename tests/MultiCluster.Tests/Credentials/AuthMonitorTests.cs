using System.Collections.Concurrent;
using System.Threading.Channels;
using MultiCluster.Faults;
using MultiCluster.Http.Login;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Credentials;

public sealed class AuthMonitorTests : IDisposable
{
    private static readonly Fault Unauthorized = new() { Phase = FaultPhase.Unauthorized, Detail = "Unauthorized", Operation = "list pods" };
    private static readonly Fault Refused = new() { Phase = FaultPhase.Connect, Detail = "connection refused" };

    private readonly TestClock _time = new();
    private readonly Channel<Attempt> _attempts = Channel.CreateUnbounded<Attempt>();
    private readonly ConcurrentQueue<(AuthState Old, AuthState New)> _changes = new();
    private readonly Channel<AuthState> _states = Channel.CreateUnbounded<AuthState>();
    private readonly AuthMonitor _monitor;

    public AuthMonitorTests()
    {
        _monitor = new AuthMonitor(ProbeAsync, _time);
        _monitor.StateChanged += (old, now, _) =>
        {
            _changes.Enqueue((old, now));
            _states.Writer.TryWrite(now);
        };
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _monitor.Dispose();

    [Fact]
    public void A_new_cluster_is_valid_and_blocks_nothing()
    {
        _monitor.ThrowIfBlocked();

        Assert.Equal(AuthState.Valid, _monitor.State);
        Assert.Equal(0, _monitor.SecondsToRetry);
        Assert.Null(_monitor.LastFault);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_rejection_starts_an_attempt_at_once_and_blocks_requests()
    {
        _monitor.ReportRejected(Unauthorized);
        await NextAttemptAsync();

        var fault = Assert.Throws<FaultException>(_monitor.ThrowIfBlocked).Fault;
        Assert.Equal(AuthState.Recovering, _monitor.State);
        Assert.Equal(FaultPhase.Unauthorized, fault.Phase);
        Assert.Equal("Unauthorized; an attempt is under way", fault.Detail);
        Assert.Null(fault.Operation);
        Assert.NotNull(fault.Advice);
    }

    [Fact(Timeout = 30_000)]
    public async Task However_many_requests_fail_one_recovery_runs()
    {
        Parallel.For(0, 50, _ => _monitor.ReportRejected(Unauthorized));
        await NextAttemptAsync();
        Parallel.For(0, 50, _ => _monitor.ReportRejected(Unauthorized));

        Assert.False(_attempts.Reader.TryRead(out _));
        Assert.Equal([(AuthState.Valid, AuthState.Recovering)], _changes);
    }

    [Fact(Timeout = 30_000)]
    public async Task Attempts_come_at_0_5_10_and_15_seconds_and_then_every_minute()
    {
        var begin = _time.GetUtcNow();
        _monitor.ReportRejected(Unauthorized);
        var seconds = new List<double>();
        for (var i = 0; i < 7; i++)
        {
            var attempt = await NextAttemptAsync();
            seconds.Add((_time.GetUtcNow() - begin).TotalSeconds);
            await EndAsync(attempt, new ProbeOutcome.Rejected(Unauthorized));
            _time.Advance(TimeSpan.FromSeconds(_monitor.SecondsToRetry));
        }

        Assert.Equal([0, 5, 10, 15, 75, 135, 195], seconds);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_attempt_never_comes_early()
    {
        _monitor.ReportRejected(Unauthorized);
        await EndAsync(await NextAttemptAsync(), new ProbeOutcome.Rejected(Unauthorized));

        _time.Advance(TimeSpan.FromSeconds(4.9));

        Assert.Equal(1, _time.ActiveTimers);
        Assert.Equal(1, _monitor.SecondsToRetry);
        Assert.EndsWith("next attempt in 1 s", Assert.Throws<FaultException>(_monitor.ThrowIfBlocked).Fault.Detail, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_fourth_rejection_makes_the_login_invalid_but_a_later_attempt_heals_it()
    {
        _monitor.ReportRejected(Unauthorized);
        await RejectAsync(4);
        Assert.Equal(AuthState.Invalid, _monitor.State);
        Assert.Equal(60, _monitor.SecondsToRetry);

        _time.Advance(TimeSpan.FromSeconds(60));
        (await NextAttemptAsync()).Outcome.SetResult(new ProbeOutcome.Accepted());
        await StateAsync(AuthState.Valid);

        _monitor.ThrowIfBlocked();
        Assert.Equal(
            [(AuthState.Valid, AuthState.Recovering), (AuthState.Recovering, AuthState.Invalid), (AuthState.Invalid, AuthState.Valid)],
            _changes);
        Assert.Equal(0, _time.ActiveTimers);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_unreachable_server_uses_up_no_attempt_and_is_asked_every_15_seconds()
    {
        _monitor.ReportRejected(Unauthorized);
        for (var i = 0; i < 10; i++)
        {
            await EndAsync(await NextAttemptAsync(), new ProbeOutcome.Unreachable(Refused));
            Assert.Equal(15, _monitor.SecondsToRetry);
            Assert.Equal(AuthState.Recovering, _monitor.State);
            _time.Advance(TimeSpan.FromSeconds(15));
        }

        await RejectAsync(3);
        Assert.Equal(AuthState.Recovering, _monitor.State);
        await RejectAsync(1);
        Assert.Equal(AuthState.Invalid, _monitor.State);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_fault_keeps_the_rejection_and_tells_that_the_server_was_not_reached()
    {
        _monitor.ReportRejected(Unauthorized);
        await EndAsync(await NextAttemptAsync(), new ProbeOutcome.Unreachable(Refused));

        var fault = Assert.Throws<FaultException>(_monitor.ThrowIfBlocked).Fault;

        Assert.Equal(FaultPhase.Unauthorized, fault.Phase);
        Assert.Equal("Unauthorized; the last attempt did not reach the server: connection refused; next attempt in 15 s", fault.Detail);
        Assert.Equal(Refused, _monitor.LastFault);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_last_attempts_problem_is_the_one_told()
    {
        var missing = new Fault { Phase = FaultPhase.Credential, Reason = "MissingHelper", Detail = "Exec plugin aws is not installed", Advice = "Install aws." };
        _monitor.ReportRejected(Unauthorized);
        await EndAsync(await NextAttemptAsync(), new ProbeOutcome.Rejected(missing));

        var fault = Assert.Throws<FaultException>(_monitor.ThrowIfBlocked).Fault;

        Assert.Equal(FaultPhase.Credential, fault.Phase);
        Assert.Equal("Exec plugin aws is not installed; next attempt in 5 s", fault.Detail);
        Assert.Equal("Install aws.", fault.Advice);
        Assert.Equal(CredentialProblem.MissingHelper, CredentialProblems.Of(fault));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_fault_thrown_by_an_attempt_counts_as_its_outcome()
    {
        _monitor.ReportRejected(Unauthorized);
        await EndAsync(await NextAttemptAsync(), new FaultException(FaultPhase.Credential, "Client key is encrypted"));
        Assert.Equal(5, _monitor.SecondsToRetry);

        _time.Advance(TimeSpan.FromSeconds(5));
        await EndAsync(await NextAttemptAsync(), new FaultException(Refused));
        Assert.Equal(15, _monitor.SecondsToRetry);

        _time.Advance(TimeSpan.FromSeconds(15));
        await EndAsync(await NextAttemptAsync(), new InvalidOperationException("bug"));
        Assert.Equal(15, _monitor.SecondsToRetry);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_retry_asked_for_starts_the_quick_attempts_again_at_once()
    {
        _monitor.ReportRejected(Unauthorized);
        await RejectAsync(4);

        _monitor.TriggerRetry();
        await EndAsync(await NextAttemptAsync(), new ProbeOutcome.Rejected(Unauthorized));

        Assert.Equal(AuthState.Recovering, _monitor.State);
        Assert.Equal(5, _monitor.SecondsToRetry);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_retry_asked_for_during_an_attempt_follows_it_without_waiting()
    {
        _monitor.ReportRejected(Unauthorized);
        var attempt = await NextAttemptAsync();
        _monitor.TriggerRetry();
        attempt.Outcome.SetResult(new ProbeOutcome.Rejected(Unauthorized));

        await EndAsync(await NextAttemptAsync(), new ProbeOutcome.Rejected(Unauthorized));

        Assert.Equal(5, _monitor.SecondsToRetry);
    }

    [Fact]
    public void A_retry_asked_for_while_valid_does_nothing()
    {
        _monitor.TriggerRetry();

        Assert.Equal(AuthState.Valid, _monitor.State);
        Assert.False(_attempts.Reader.TryRead(out _));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_late_success_does_not_end_an_attempt_under_way()
    {
        _monitor.ReportRejected(Unauthorized);
        var attempt = await NextAttemptAsync();
        _monitor.ReportAccepted();

        Assert.Equal(AuthState.Recovering, _monitor.State);
        Assert.False(attempt.Cancellation.IsCancellationRequested);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_success_between_attempts_ends_the_recovery()
    {
        _monitor.ReportRejected(Unauthorized);
        await EndAsync(await NextAttemptAsync(), new ProbeOutcome.Rejected(Unauthorized));
        _monitor.ReportAccepted();

        Assert.Equal(AuthState.Valid, _monitor.State);
        _monitor.ThrowIfBlocked();
    }

    [Fact(Timeout = 30_000)]
    public async Task A_login_that_fails_again_after_healing_recovers_again()
    {
        _monitor.ReportRejected(Unauthorized);
        (await NextAttemptAsync()).Outcome.SetResult(new ProbeOutcome.Accepted());
        await StateAsync(AuthState.Valid);

        _monitor.ReportRejected(Unauthorized);
        await EndAsync(await NextAttemptAsync(), new ProbeOutcome.Rejected(Unauthorized));

        Assert.Equal(5, _monitor.SecondsToRetry);
    }

    [Fact(Timeout = 30_000)]
    public async Task Disposing_cancels_the_attempt_under_way()
    {
        _monitor.ReportRejected(Unauthorized);
        var attempt = await NextAttemptAsync();
        var cancelled = new TaskCompletionSource();
        await using var registration = attempt.Cancellation.Register(cancelled.SetResult);

        _monitor.Dispose();
        await cancelled.Task.WaitAsync(Cancellation);
        _monitor.ReportRejected(Unauthorized);

        Assert.False(_attempts.Reader.TryRead(out _));
    }

    [Fact(Timeout = 30_000)]
    public async Task Disposing_leaves_no_timer()
    {
        _monitor.ReportRejected(Unauthorized);
        await EndAsync(await NextAttemptAsync(), new ProbeOutcome.Rejected(Unauthorized));

        _monitor.Dispose();

        Assert.True(SpinWait.SpinUntil(() => _time.ActiveTimers == 0, TimeSpan.FromSeconds(10)));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_subscriber_that_throws_does_not_end_the_recovery()
    {
        _monitor.StateChanged += (_, _, _) => throw new InvalidOperationException();
        _monitor.ReportRejected(Unauthorized);

        (await NextAttemptAsync()).Outcome.SetResult(new ProbeOutcome.Accepted());

        await StateAsync(AuthState.Valid);
    }

    private async Task<ProbeOutcome> ProbeAsync(CancellationToken cancellationToken)
    {
        var attempt = new Attempt(new TaskCompletionSource<ProbeOutcome>(TaskCreationOptions.RunContinuationsAsynchronously), cancellationToken);
        _attempts.Writer.TryWrite(attempt);
        return await attempt.Outcome.Task.WaitAsync(cancellationToken);
    }

    private Task<Attempt> NextAttemptAsync() => _attempts.Reader.ReadAsync(Cancellation).AsTask();

    private async Task RejectAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            if (_monitor.SecondsToRetry > 0)
                _time.Advance(TimeSpan.FromSeconds(_monitor.SecondsToRetry));
            await EndAsync(await NextAttemptAsync(), new ProbeOutcome.Rejected(Unauthorized));
        }
    }

    /// <summary>Ends an attempt and waits until the next one is planned.</summary>
    private Task EndAsync(Attempt attempt, ProbeOutcome outcome)
    {
        attempt.Outcome.SetResult(outcome);
        return _time.WhenTimersAsync(1, Cancellation);
    }

    private Task EndAsync(Attempt attempt, Exception exception)
    {
        attempt.Outcome.SetException(exception);
        return _time.WhenTimersAsync(1, Cancellation);
    }

    private async Task StateAsync(AuthState state)
    {
        while (await _states.Reader.ReadAsync(Cancellation) != state)
        {
            // An earlier change.
        }
    }

    private sealed record Attempt(TaskCompletionSource<ProbeOutcome> Outcome, CancellationToken Cancellation);
}
