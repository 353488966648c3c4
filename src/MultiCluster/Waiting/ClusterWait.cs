using MultiCluster.Api.Discovery;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Resources;

namespace MultiCluster.Waiting;

/// <summary>
/// Waits for objects of one cluster: one list-watch for each kind. A watch that breaks goes on by itself; what cannot be watched at all is a fault
/// of the sink, and its objects have no result.
/// </summary>
/// <param name="connection">The cluster.</param>
/// <param name="defaultNamespace">The namespace of targets that say none.</param>
/// <param name="context">What the call brings along to each request.</param>
/// <param name="sink">Where faults and notices of the watches go.</param>
internal sealed class ClusterWait(ClusterConnection connection, string defaultNamespace, CallContext context, FanOutSink sink)
{
    /// <summary>How much earlier than its time a timer may fire, by another clock than that which measures.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromMilliseconds(100);

    private IReadOnlyList<KindWait> _kinds = [];

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The clock's timestamp from which on the time counts; null for the beginning of <see cref="RunAsync"/>.</summary>
    public long? Since { get; init; }

    /// <summary>The cluster.</summary>
    public ClusterIdentity Cluster => connection.Identity;

    /// <summary>How many objects are waited for, those that have come included.</summary>
    public int Total { get; private set; }

    /// <summary>How many are still waited for.</summary>
    public int Left => _kinds.Sum(static kind => kind.Left);

    /// <summary>What the first of them lacks; null when there is nothing to tell.</summary>
    public string? Lacking => _kinds.Select(static kind => kind.Lacking).FirstOrDefault(static lacking => lacking is not null);

    /// <summary>Waits until nothing is left to wait for.</summary>
    /// <param name="targets">The objects, each once.</param>
    /// <param name="rule">What is waited for.</param>
    /// <param name="limit">How long.</param>
    /// <param name="take">Takes each result as it comes.</param>
    /// <param name="cancellationToken">Ends it; what is left has no result then.</param>
    public async Task RunAsync(IReadOnlyCollection<WaitTarget> targets, WaitRule rule, TimeSpan limit, Func<WaitResult, ValueTask> take, CancellationToken cancellationToken)
    {
        var started = Since ?? Time.GetTimestamp();
        var left = limit - Time.GetElapsedTime(started);
        var endpoints = Endpoints(targets, rule);
        var kinds = targets.GroupBy(static one => one.Kind, StringComparer.OrdinalIgnoreCase)
            .Select(group => new KindWait(group.Key, group, rule, EndAsync) { Endpoints = endpoints is null ? null : endpoints.Of }).ToList();
        (_kinds, Total) = (kinds, targets.Count);
        using var call = new WatchCall(null, left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1), kinds.Count, Time, Random.Shared.NextDouble);
        var cluster = new WatchedCluster(connection, defaultNamespace, context, call, sink);
        try
        {
            var services = kinds.FirstOrDefault(static kind => IsService(kind.Kind));
            await Task.WhenAll(kinds.Select(RunAsync).Append(endpoints is null || services is null ? Task.CompletedTask : FollowAsync(services))).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (Time.GetElapsedTime(started) + Early < limit)
                return; // it cannot be watched, which has been told
            foreach (var kind in kinds)
            {
                foreach (var awaited in kind.Open.ToArray())
                    await EndAsync(kind, awaited, WaitFaults.TimedOut(kind.Served, awaited, rule, limit)).ConfigureAwait(false);
            }
        }
        finally
        {
            kinds.ForEach(static kind => kind.Dispose());
        }

        Task RunAsync(KindWait kind) => UntilDoneAsync(kind, stop => cluster.RunAsync(kind.Scope(), [kind.Kind], kind, stop));

        Task FollowAsync(KindWait services)
        {
            endpoints.Changed = services.LookAgainAsync;
            return UntilDoneAsync(services, stop => cluster.RunAsync(endpoints.Scope(), [ServiceEndpoints.Kind], endpoints, stop));
        }

        async Task UntilDoneAsync(KindWait kind, Func<CancellationToken, Task> watch)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, kind.Done);
            try
            {
                await watch(stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (kind.Done.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                // Nothing is left to wait for.
            }
        }

        ValueTask EndAsync(KindWait kind, AwaitedObject awaited, Fault? fault) => take(new WaitResult(
            new ObjectReference
            {
                ClusterId = connection.Identity.ClusterId,
                Kind = kind.Served?.Kind ?? kind.Kind,
                ApiVersion = kind.Served?.ApiVersion,
                Namespace = awaited.Namespace,
                Name = awaited.Target.Name,
                Uid = awaited.Last?.Uid ?? awaited.Target.Uid,
            },
            awaited.Last,
            fault is null ? null : fault with { Cluster = connection.Identity },
            Time.GetElapsedTime(started)));
    }

    private static ServiceEndpoints? Endpoints(IEnumerable<WaitTarget> targets, WaitRule rule)
    {
        WaitTarget[] services = rule.NeedsEndpoints ? [.. targets.Where(static one => IsService(one.Kind))] : [];
        return services.Length == 0 ? null : new ServiceEndpoints(services);
    }

    private static bool IsService(string kind) => KindName.Find(kind, BuiltInKinds.All) is { Group: "", Kind: "Service" };
}
