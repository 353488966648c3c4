using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Waiting;
using MultiCluster.Workloads;

namespace MultiCluster.Changes.Sending;

/// <summary>Keeps the results of one cluster's changes back until what was changed is rolled out, and hands each on when it is, or is not.</summary>
internal sealed class RolloutWait(ClusterConnection connection, string defaultNamespace, CallContext context, FanOutSink sink, ChangeOutput output)
{
    private readonly Dictionary<(string Kind, string Namespace, string Name), KubeApplyResult> _awaited = [];

    /// <summary>Keeps a result; false when there is nothing to wait for.</summary>
    public bool TryKeep(KubeApplyResult result)
    {
        if (result.HasFailed || result.DryRun || result.Outcome is ChangeOutcome.Cancelled or ChangeOutcome.Skipped || IsDone(result))
            return false;
        lock (_awaited)
            _awaited[KeyOf(result)] = result;
        return true;
    }

    /// <summary>Waits for what was kept.</summary>
    /// <param name="limit">How long.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        WaitTarget[] targets = [.. _awaited.Values.Select(static result => new WaitTarget($"{result.ApiVersion}/{result.Kind}", result.Namespace, result.Name, result.Uid))];
        if (targets.Length > 0)
            await new ClusterWait(connection, defaultNamespace, context, sink) { Time = connection.Time }.RunAsync(targets, new RolloutRule(PassedBefore()), limit, TakeAsync, cancellationToken).ConfigureAwait(false);

        async ValueTask TakeAsync(WaitResult waited)
        {
            var key = ($"{waited.Reference.Kind}", waited.Reference.Namespace ?? "", waited.Reference.Name);
            KubeApplyResult? result;
            lock (_awaited)
            {
                if (!_awaited.Remove(key, out result))
                    return;
            }

            result = result with { Elapsed = result.Elapsed + waited.Elapsed, Object = waited.Item ?? result.Object };
            await output.AddAsync(
                waited.Fault is { } fault ? result with { Outcome = ChangeOutcome.Failed, Fault = fault, Message = Why(fault) } : result, isCluster: false, cancellationToken).ConfigureAwait(false);
        }
    }

    private Dictionary<string, DateTimeOffset> PassedBefore() =>
        _awaited.Values.Where(static result => result is { Uid: not null, DeadlinePassed: not null }).ToDictionary(static result => result.Uid!, static result => result.DeadlinePassed!.Value);

    /// <summary>Hands on what was kept and is not waited for any longer: the call was stopped, or the cluster cannot be watched.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        foreach (var result in _awaited.Values)
        {
            var told = cancellationToken.IsCancellationRequested ? "the call was stopped before it was rolled out" : "how far it is could not be watched";
            await output.AddAsync(
                result with { Outcome = cancellationToken.IsCancellationRequested ? ChangeOutcome.Cancelled : ChangeOutcome.Failed, Message = $"{result.Outcome}, and {told}." }, isCluster: true, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether the server's answer shows that it is rolled out: most kinds are with it.</summary>
    private static bool IsDone(KubeApplyResult result) => result.Object is { } item && item.Kind == result.Kind && RolloutStatus.Of(item).State == RolloutState.Done;

    /// <summary>What of a fault does not repeat which object it is.</summary>
    private static string Why(Fault fault) => fault.Detail.IndexOf(": ", StringComparison.Ordinal) is var at and >= 0 ? fault.Detail[(at + 2)..] : fault.Detail;

    private static (string, string, string) KeyOf(KubeApplyResult result) => (result.Kind, result.Namespace ?? "", result.Name);
}
