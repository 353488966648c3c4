using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Library;
using MultiCluster.Logs;
using MultiCluster.Nodes;
using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.LibraryExample;

/// <summary>A program that works with many clusters at once; docs/library.md shows it.</summary>
public sealed class FleetExample(ClusterPool pool, TextWriter output)
{
    /// <summary>The whole program, for those clusters of a kubeconfig whose names begin with <c>prod-</c>.</summary>
    public static async Task RunAsync(string kubeconfig, ClusterPoolOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        await using var pool = new ClusterPool(options); // new ClusterPoolOptions() takes the user's own folders
        var example = new FleetExample(pool, output);
        await example.SelectAsync(kubeconfig, "prod-*");
        await example.ListAsync(cancellationToken);
    }

    /// <summary>Selects clusters by name, with wildcards.</summary>
    public async Task SelectAsync(string kubeconfig, params string[] names)
    {
        var selection = await pool.SelectAsync(new SelectionRequest { Kubeconfig = [kubeconfig], Names = names });
        foreach (var refusal in selection.Refusals)
            await output.WriteLineAsync($"not selected: {refusal.Target}: {refusal.Fault.Message}");
        foreach (var cluster in selection.Clusters)
            await output.WriteLineAsync($"selected: {cluster.ClusterName}");
    }

    /// <summary>Lists the pods of all namespaces of all clusters, and counts them by node.</summary>
    public async Task ListAsync(CancellationToken cancellationToken)
    {
        var nodes = new Dictionary<string, int>();
        await foreach (var item in pool.ListAsync(new ResourceQuery { Kinds = ["pods"], AllNamespaces = true }, cancellationToken: cancellationToken))
        {
            foreach (var pod in item.Of<KubePod>())
                nodes[$"{pod.ClusterName}/{pod.Node}"] = nodes.GetValueOrDefault($"{pod.ClusterName}/{pod.Node}") + 1;
            if (item is FanOutFault failed)
                await output.WriteLineAsync($"failed: {failed.Fault.Message}"); // the other clusters go on
        }

        foreach (var (node, count) in nodes.OrderBy(static node => node.Key, StringComparer.Ordinal))
            await output.WriteLineAsync($"{node}: {count} pods");
    }

    /// <summary>Tells of the next changes of ConfigMaps, until so many have come.</summary>
    public async Task WatchAsync(string ns, int changes, CancellationToken cancellationToken)
    {
        var query = new WatchQuery { Kinds = ["configmaps"], Namespaces = [ns], First = changes };
        await foreach (var item in pool.WatchAsync(query, cancellationToken: cancellationToken))
        {
            foreach (var change in item.Of<KubeWatchEvent>())
                await output.WriteLineAsync($"{change.Type}: {change.ClusterName}/{change.Name}");
        }
    }

    /// <summary>Writes the last lines of the pods that fit a selector, in the order of time over all clusters.</summary>
    public async Task LogAsync(string ns, string? selector, int lines, CancellationToken cancellationToken)
    {
        var query = new LogQuery { Namespaces = [ns], LabelSelector = selector, Tail = lines };
        await foreach (var item in pool.LogAsync(query, cancellationToken: cancellationToken))
        {
            foreach (var line in item.Of<KubeLogLine>())
                await output.WriteLineAsync($"{line.ClusterName}/{line.Pod}: {line.Line}");
        }
    }

    /// <summary>Plans the drain of a node in each cluster that has it, says what it would do, and does it where nothing is in the way.</summary>
    public async Task DrainAsync(string node, CancellationToken cancellationToken)
    {
        var options = new DrainOptions { IgnoreDaemonSet = true, DeleteEmptyDirData = true, Force = true, NodeTimeout = TimeSpan.FromMinutes(5) };
        var plans = new List<KubeDrainPlan>();
        await foreach (var item in pool.PlanDrainAsync(new NodeQuery { Names = [node] }, options, cancellationToken: cancellationToken))
        {
            foreach (var plan in item.Of<KubeDrainPlan>())
            {
                await output.WriteLineAsync($"plan: {plan.ClusterName}/{plan.Node}: {plan.Going} pods go, {plan.Staying} stay {string.Join(' ', plan.Reasons)}");
                plans.Add(plan);
            }
        }

        plans.RemoveAll(static plan => plan.IsBlocked);
        await foreach (var item in pool.DrainAsync(plans, options, cancellationToken: cancellationToken))
        {
            foreach (var result in item.Of<KubeDrainResult>())
                await output.WriteLineAsync($"{result.State}: {result.ClusterName}/{result.Node} {result.Reason}");
            if (item is FanOutFault failed)
                await output.WriteLineAsync($"failed: {failed.Fault.Message}");
        }
    }
}
