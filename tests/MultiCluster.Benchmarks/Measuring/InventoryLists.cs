using System.Diagnostics;
using MultiCluster.Api.Lists;
using MultiCluster.Attention.Scanning;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Inventory;

namespace MultiCluster.Benchmarks.Measuring;

/// <summary>Lists what an inventory lists, side by side, by the engine's own lister, and does nothing with it.</summary>
internal static class InventoryLists
{
    /// <summary>The kinds that the rules look at, each once, with what is needed of it.</summary>
    public static IReadOnlyList<InventoryKind> OfRules { get; } = Merged(AttentionRules.Make().SelectMany(static rule => rule.Kinds));

    /// <summary>Those, and what an overview counts beside them.</summary>
    public static IReadOnlyList<InventoryKind> OfOverview { get; } = Merged(
    [
        .. OfRules, new("nodes"), new("pods"), new("deployments"), new("statefulsets"), new("daemonsets"), new("events") { FieldSelector = "type=Warning" }, new("namespaces") { MetadataOnly = true },
        new("nodes.metrics.k8s.io") { Optional = true },
    ]);

    /// <summary>Lists them on every cluster. The number of objects, and the milliseconds that it took.</summary>
    public static async Task<(long Objects, double Milliseconds)> ReadAsync(IReadOnlyList<ClusterConnection> clusters, IReadOnlyList<InventoryKind> kinds)
    {
        long objects = 0;
        var watch = Stopwatch.StartNew();
        await using var run = FanOutRun.Start(clusters, new FanOutOptions(), async (cluster, _, stop) => await Task.WhenAll(kinds.Select(kind => ListAsync(cluster, kind, stop))));
        await foreach (var item in run.Items.ReadAllAsync())
        {
            if (item is FanOutFault failed)
                throw new InvalidOperationException(failed.Fault.Message);
        }

        return (objects, watch.Elapsed.TotalMilliseconds);

        async Task ListAsync(ClusterConnection cluster, InventoryKind wanted, CancellationToken stop)
        {
            try
            {
                var kind = await cluster.Session.Kinds.ResolveAsync(wanted.Resource, stop);
                var query = new ListQuery { MetadataOnly = wanted.MetadataOnly, FieldSelector = wanted.FieldSelector };
                await foreach (var piece in cluster.Session.Objects.ListAsync(kind, query, CallContext.Default, stop))
                    Interlocked.Add(ref objects, piece.Count);
            }
            catch (FaultException e) when (e.Fault.Phase == FaultPhase.KindNotFound && wanted.Optional)
            {
                // As the inventory has it.
            }
        }
    }

    /// <summary>Runs what is read of every cluster. The rows that came, and the milliseconds that it took.</summary>
    public static async Task<(long Rows, double Milliseconds)> TimeAsync(
        IReadOnlyList<ClusterConnection> clusters, Func<ClusterConnection, FanOutSink, CancellationToken, Task> operation)
    {
        long rows = 0;
        var watch = Stopwatch.StartNew();
        await using var run = FanOutRun.Start(clusters, new FanOutOptions(), operation);
        await foreach (var item in run.Items.ReadAllAsync())
        {
            if (item is FanOutFault failed)
                throw new InvalidOperationException(failed.Fault.Message);
            rows += item is FanOutDone done ? done.Row.Objects : 0;
        }

        return (rows, watch.Elapsed.TotalMilliseconds);
    }

    private static IReadOnlyList<InventoryKind> Merged(IEnumerable<InventoryKind> kinds) =>
    [
        .. kinds.GroupBy(static kind => (kind.Resource, kind.FieldSelector)).Select(static same => same.First() with
        {
            MetadataOnly = same.All(static kind => kind.MetadataOnly),
            Optional = same.All(static kind => kind.Optional),
        }),
    ];
}
