using System.Collections.Concurrent;
using MultiCluster.Api.Lists;
using MultiCluster.Api.Writes;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Nodes.Jobs;

namespace MultiCluster.Nodes.Draining;

/// <summary>Drains one cluster's nodes, so many at once as may be unavailable.</summary>
internal sealed class ClusterDrain(
    ClusterConnection connection, DrainOptions options, DrainStore store, DrainCall call, CallContext context, DrainOutput output)
{
    private readonly ConcurrentDictionary<string, int> _readyBefore = new(StringComparer.Ordinal);
    private string? _version;

    private string StopReason => connection.Disconnected.IsCancellationRequested ? DrainFaults.DisconnectedReason : "The call was stopped before the node's turn.";

    /// <summary>Drains them in their order. Every one of them gets its result, also when the call is stopped.</summary>
    public async Task RunAsync(IReadOnlyList<KubeDrainPlan> plans, CancellationToken cancellationToken)
    {
        var waiting = new ConcurrentQueue<KubeDrainPlan>(plans);
        try
        {
            using var place = await call.EnterClusterAsync(cancellationToken).ConfigureAwait(false);
            if (!options.DisableEviction && plans.Any(static plan => !plan.IsBlocked))
                _version = await FindEvictionAsync(cancellationToken).ConfigureAwait(false);
            var atOnce = Math.Min(options.MaxUnavailable.Of(plans.Count), plans.Count);
            await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => WorkAsync(waiting, cancellationToken))).ConfigureAwait(false);
        }
        finally
        {
            foreach (var plan in waiting)
            {
                await output.EndedAsync(
                    cancellationToken.IsCancellationRequested ? Untouched(plan, DrainState.Cancelled, StopReason) : Untouched(plan, DrainState.Skipped, "The cluster could not be asked how pods are evicted."),
                    cancellationToken).ConfigureAwait(false);
            }

            await output.EndAsync().ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested(); // the cluster's part was not done: the fan-out knows why
    }

    private static KubeDrainResult Untouched(KubeDrainPlan plan, DrainState state, string reason, Fault? fault = null) => new()
    {
        ClusterId = plan.ClusterId,
        ClusterName = plan.ClusterName,
        Cluster = plan.Subject.Source.Cluster,
        Node = plan.Node,
        State = state,
        Skipped = plan.Staying,
        RemainingPods = plan.UntouchedPods,
        LeftCordoned = plan.Unschedulable,
        Reason = reason,
        Fault = fault,
    };

    private async Task<string> FindEvictionAsync(CancellationToken cancellationToken) =>
        await EvictionApi.FindAsync(connection.Session.Client, context.Timeouts, cancellationToken).ConfigureAwait(false)
        ?? throw new FaultException(new Fault
        {
            Phase = FaultPhase.KindNotFound,
            Cluster = connection.Identity,
            Operation = "drain nodes",
            Detail = "the cluster serves no evictions",
            Advice = "Use -DisableEviction, which deletes the pods and asks no budget.",
        });

    /// <summary>Drains one node after the other, as long as there are any.</summary>
    private async Task WorkAsync(ConcurrentQueue<KubeDrainPlan> waiting, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested && waiting.TryDequeue(out var plan))
        {
            if (plan.IsBlocked)
                await output.EndedAsync(Untouched(plan, DrainState.Blocked, string.Join(' ', plan.Reasons)), cancellationToken).ConfigureAwait(false);
            else
                await TurnAsync(plan, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A node's turn: waits for a place, and drains it unless no more are begun. The place is left when more may follow.</summary>
    private async Task TurnAsync(KubeDrainPlan plan, CancellationToken cancellationToken)
    {
        KubeDrainResult? result = null;
        try
        {
            using var place = await call.EnterAsync(cancellationToken).ConfigureAwait(false);
            if (call.NoMore is null)
            {
                result = await DrainAsync(plan, cancellationToken).ConfigureAwait(false);
                await output.EndedAsync(result, cancellationToken).ConfigureAwait(false);
                await call.EndedAsync(result, cancellationToken).ConfigureAwait(false);
                return;
            }
        }
        catch (FaultException e) when (result is null)
        {
            await output.EndedAsync(Untouched(plan, DrainState.Skipped, e.Fault.Message, e.Fault), cancellationToken).ConfigureAwait(false);
            return;
        }
        catch (OperationCanceledException)
        {
            if (result is null)
                await output.EndedAsync(Untouched(plan, DrainState.Cancelled, StopReason), cancellationToken).ConfigureAwait(false);
            return;
        }

        await output.EndedAsync(Untouched(plan, DrainState.Skipped, call.NoMore ?? ""), cancellationToken).ConfigureAwait(false);
    }

    private async Task<KubeDrainResult> DrainAsync(KubeDrainPlan plan, CancellationToken cancellationToken)
    {
        var job = store.Begin(connection, plan.Node, cancellationToken);
        output.Begun(job);
        var result = Untouched(plan, DrainState.Failed, "A defect of the module ended the drain.");
        try
        {
            return result = await new NodeDrain(connection, plan, options, Evictor, context, job, _readyBefore, output.TellAsync).RunAsync().ConfigureAwait(false);
        }
        finally
        {
            store.End(job, result);
        }
    }

    private PodEvictor Evictor()
    {
        var session = connection.Session;
        return new(session.Client, session.Writer, _version, options.Grace, options.DryRun);
    }
}
