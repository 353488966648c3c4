using System.Runtime.CompilerServices;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Api.Watches;

/// <summary>What a watch had to say at one moment.</summary>
/// <param name="At">When it arrived.</param>
/// <param name="Outputs">In order.</param>
internal sealed record WatchBatch(DateTimeOffset At, IReadOnlyList<WatchOutput> Outputs);

/// <summary>
/// Watches objects of one kind of one cluster, for as long as somebody wants to know: does what its <see cref="WatchMachine"/> says, and
/// tells it what came of it. It reads a socket only while its batches are taken.
/// </summary>
/// <param name="target">What is watched.</param>
/// <param name="machine">Its state.</param>
/// <param name="enter">Gives what the next request is made through.</param>
/// <param name="turn">Gives the right to get ready (connect, list); what it gives is disposed when that is done.</param>
/// <param name="recovery">Gives a task that completes when the cluster is back after a failure: a pause ends then.</param>
/// <param name="time">The clock.</param>
internal sealed class ObjectWatch(
    WatchTarget target,
    WatchMachine machine,
    Func<WatchLink> enter,
    Func<CancellationToken, ValueTask<IDisposable?>> turn,
    Func<Task> recovery,
    TimeProvider time)
    : IAsyncDisposable
{
    /// <summary>A streaming list that says nothing for so long is none.</summary>
    private static readonly TimeSpan InitialSilence = TimeSpan.FromSeconds(10);

    private WatchLink? _listLink;
    private IAsyncEnumerator<IReadOnlyList<KubeObject>>? _list;
    private string? _listVersion;
    private WatchStream? _stream;
    private IDisposable? _turn;

    /// <summary>Why the watch has ended, once it has.</summary>
    public WatchStep.End? Ended { get; private set; }

    /// <summary>What happens, until the watch cannot go on; <see cref="Ended"/> says why.</summary>
    public async IAsyncEnumerable<WatchBatch> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (machine.Step is not WatchStep.End)
        {
            await PerformAsync(cancellationToken).ConfigureAwait(false);
            if (machine.HasOutputs)
                yield return new WatchBatch(time.GetUtcNow(), machine.TakeOutputs());
        }

        Ended = (WatchStep.End)machine.Step;
    }

    public async ValueTask DisposeAsync() => await CloseAsync().ConfigureAwait(false);

    /// <summary>Does a piece of the next step: reads once, or waits.</summary>
    private async ValueTask PerformAsync(CancellationToken cancellationToken)
    {
        try
        {
            switch (machine.Step)
            {
                case WatchStep.List:
                    await ListAsync(cancellationToken).ConfigureAwait(false);
                    break;
                case WatchStep.Stream step:
                    await StreamAsync(step, cancellationToken).ConfigureAwait(false);
                    break;
                case WatchStep.Pause pause:
                    await WaitAsync(pause.Delay, cancellationToken).ConfigureAwait(false);
                    machine.Waited();
                    break;
            }
        }
        catch (FaultException e)
        {
            await CloseAsync().ConfigureAwait(false);
            machine.Failed(e.Fault with { Operation = e.Fault.Operation ?? target.Operation, Cluster = e.Fault.Cluster ?? target.Cluster });
        }
    }

    private async Task WaitAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        try
        {
            await recovery().WaitAsync(delay, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Nobody knows whether the cluster is back: the next attempt is due.
        }
    }

    private async ValueTask ListAsync(CancellationToken cancellationToken)
    {
        if (_list is null)
        {
            _turn ??= await turn(cancellationToken).ConfigureAwait(false);
            _listLink = enter();
            _listVersion = null;
            _list = _listLink.Objects.ListAsync(target.Kind, target.Query, target.Call, version => _listVersion = version, cancellationToken).GetAsyncEnumerator(cancellationToken);
        }

        if (await _list.MoveNextAsync().ConfigureAwait(false))
        {
            machine.Listed(target.Names is { } names ? [.. _list.Current.Where(item => names(item.Name))] : _list.Current);
            return;
        }

        var shown = _listVersion;
        await CloseAsync(keepsTurn: true).ConfigureAwait(false); // the watch is opened in the same turn
        machine.ListEnded(shown);
    }

    private async ValueTask StreamAsync(WatchStep.Stream step, CancellationToken cancellationToken)
    {
        if (_stream is null)
        {
            if (machine.AwaitsInitialEvents)
                _turn ??= await turn(cancellationToken).ConfigureAwait(false);
            _stream = await WatchStream.OpenAsync(target, enter(), step, time, cancellationToken).ConfigureAwait(false);
            machine.Opened();
        }
        else if (machine.AwaitsInitialEvents)
        {
            await ReadInitialAsync(_stream, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await ReadAsync(_stream, cancellationToken).ConfigureAwait(false);
        }

        if (!machine.AwaitsInitialEvents)
            EndTurn();
    }

    private async ValueTask ReadAsync(WatchStream stream, CancellationToken cancellationToken)
    {
        if (!await stream.ReadAsync(machine, cancellationToken).ConfigureAwait(false))
            await CloseAsync().ConfigureAwait(false);
    }

    private async ValueTask ReadInitialAsync(WatchStream stream, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(InitialSilence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        try
        {
            await ReadAsync(stream, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (silence.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            await CloseAsync().ConfigureAwait(false);
            machine.InitialEventsMissing();
        }
    }

    private async ValueTask CloseAsync(bool keepsTurn = false)
    {
        if (_list is { } list)
            await list.DisposeAsync().ConfigureAwait(false);
        if (_stream is { } stream)
            await stream.DisposeAsync().ConfigureAwait(false);
        _listLink?.Dispose();
        _list = null;
        _stream = null;
        _listLink = null;
        if (!keepsTurn)
            EndTurn();
    }

    private void EndTurn()
    {
        _turn?.Dispose();
        _turn = null;
    }
}
