using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Resources;

namespace MultiCluster.Changes.Sending;

/// <summary>Changes one cluster's objects: when it is its turn, rank by rank, those of one rank side by side.</summary>
internal sealed class ClusterChange(
    ClusterConnection connection, string defaultNamespace, ChangeOptions options, ChangeCall call, SameCall same, CallContext context, FanOutSink sink, ChangeOutput output)
{
    /// <summary>Objects that are changed at once in a cluster that is far away; the cluster's own limits hold besides.</summary>
    private const int AtOnce = 16;

    /// <summary>The same of a near one, where there is no round trip to wait for: each more is another TLS handshake, on both sides.</summary>
    private const int AtOnceWhenNear = 4;

    /// <summary>Why an object was not begun of a call that was stopped.</summary>
    public const string BeforeItsTurn = "The call was stopped before its turn.";

    private readonly ChangeSender _sender = new(connection, defaultNamespace, options, same, context);
    private readonly RolloutWait _rollouts = new(connection, defaultNamespace, context, sink, output);
    private Fault? _fault;

    private string StopReason => connection.Disconnected.IsCancellationRequested ? "Cluster disconnected." : BeforeItsTurn;

    /// <summary>Every one of the objects gets its result, also when the call is stopped.</summary>
    public async Task RunAsync(IReadOnlyList<ObjectChange> changes, CancellationToken cancellationToken)
    {
        var waiting = new HashSet<ObjectChange>(changes, ReferenceEqualityComparer.Instance);
        string? reason = null;
        try
        {
            reason = await call.TurnAsync(connection.Identity.ClusterId, cancellationToken).ConfigureAwait(false);
            foreach (var rank in changes.GroupBy(static change => ApplyOrder.RankOf(change.Group, change.Kind)).OrderBy(static rank => rank.Key))
            {
                if (reason is null && _fault is null)
                    await ChangeAsync([.. rank], waiting, cancellationToken).ConfigureAwait(false);
            }

            if (options.Wait is { } limit)
                await _rollouts.RunAsync(limit, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // What is left has not been begun.
        }
        catch (FaultException e)
        {
            _fault ??= e.Fault;
        }
        finally
        {
            await _rollouts.EndAsync(cancellationToken).ConfigureAwait(false);
            foreach (var change in waiting)
                await output.AddAsync(Untouched(change, reason, cancellationToken), isCluster: true, cancellationToken).ConfigureAwait(false);
            await call.EndedAsync(connection.Identity.ClusterId, output.Results, _fault is not null, cancellationToken).ConfigureAwait(false);
            await output.EndAsync().ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested(); // the cluster's part was not done: the fan-out knows why
        if (_fault is not null)
            throw new FaultException(_fault);
    }

    private async Task ChangeAsync(ObjectChange[] changes, HashSet<ObjectChange> waiting, CancellationToken cancellationToken)
    {
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = connection.IsNear ? AtOnceWhenNear : AtOnce, CancellationToken = cancellationToken };
        var firsts = MissingObjects.FirstOfMany(changes);
        await Parallel.ForEachAsync(firsts, atOnce, async (change, stop) =>
        {
            if (await ChangeAsync(change, waiting, stop).ConfigureAwait(false) is { Outcome: ChangeOutcome.Created })
                await _sender.Missing.LearnAsync(change, stop).ConfigureAwait(false);
        }).ConfigureAwait(false);
        await Parallel.ForEachAsync(changes.Except(firsts, ReferenceEqualityComparer.Instance).Cast<ObjectChange>(), atOnce, async (change, stop) => await ChangeAsync(change, waiting, stop).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task<KubeApplyResult?> ChangeAsync(ObjectChange change, HashSet<ObjectChange> waiting, CancellationToken cancellationToken)
    {
        if (_fault is not null)
            return null;
        lock (waiting)
            waiting.Remove(change);
        var result = await _sender.SendAsync(change, cancellationToken).ConfigureAwait(false);
        var isCluster = result.Fault is { } fault && ClusterFaults.IsOfCluster(fault);
        if (isCluster)
            Interlocked.CompareExchange(ref _fault, result.Fault, null);
        if (options.Wait is null || !_rollouts.TryKeep(result))
            await output.AddAsync(result, isCluster, cancellationToken).ConfigureAwait(false);
        await output.WarnAsync(result.Warnings, cancellationToken).ConfigureAwait(false);
        return result;
    }

    private KubeApplyResult Untouched(ObjectChange change, string? reason, CancellationToken cancellationToken) => _sender.Result(change) with
    {
        Outcome = reason is not null ? ChangeOutcome.Skipped : cancellationToken.IsCancellationRequested ? ChangeOutcome.Cancelled : ChangeOutcome.Skipped,
        Message = reason ?? (cancellationToken.IsCancellationRequested ? StopReason : _fault?.Message ?? "What it needs could not be made."),
        Fault = null,
    };
}
