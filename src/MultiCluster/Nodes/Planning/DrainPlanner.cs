using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Nodes.Planning;

/// <summary>Plans the drain of nodes; a fan-out runs it for each cluster. Its objects are <see cref="KubeDrainPlan"/>s. It changes nothing.</summary>
internal sealed class DrainPlanner
{
    private readonly DrainOptions _options;

    /// <summary>A planner.</summary>
    /// <param name="options">What was asked for.</param>
    /// <exception cref="FaultException">The pod selector is none (Invalid).</exception>
    public DrainPlanner(DrainOptions options)
    {
        _options = options;
        if (options.PodSelector is { } selector)
            LabelSelector.Validate(selector);
    }

    /// <summary>Writes the plan of each node that a query means.</summary>
    /// <exception cref="FaultException">A right that the drain needs is missing (Forbidden; names all), or something cannot be read.</exception>
    public async Task PlanAsync(ClusterConnection connection, NodeQuery query, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        var finding = new NodeFinder(query).FindAsync(connection, call, sink, cancellationToken);
        var names = new NameFilter(query.Names);
        var permissions = new DrainPermissions(connection, _options, call).CheckClusterAsync(names.NeedsList ? [] : names.Exact, cancellationToken);
        await Task.WhenAll(finding, permissions).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await CheckAsync(permissions).ConfigureAwait(false); // it names every right, the list only its own
        var nodes = await finding.ConfigureAwait(false);
        await sink.WriteAsync(await PlanAsync(connection, nodes, call, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The plan of each node, in their order.</summary>
    /// <exception cref="FaultException">A right that the drain needs is missing (Forbidden; names all), or something cannot be read.</exception>
    public async Task<IReadOnlyList<KubeDrainPlan>> PlanAsync(ClusterConnection connection, IReadOnlyList<KubeNode> nodes, CallContext call, CancellationToken cancellationToken)
    {
        if (nodes.Count == 0)
            return [];
        var permissions = new DrainPermissions(connection, _options, call);
        string[] names = [.. nodes.Select(static node => node.Name).Distinct()];
        await CheckAsync(permissions.CheckClusterAsync(names, cancellationToken)).ConfigureAwait(false);
        var reading = DrainInventory.ReadAsync(connection, _options, call, cancellationToken);
        var judging = JudgeAsync(reading, connection.Time.GetUtcNow());
        var judged = DrainInventory.JudgePodsAsync(connection, names, reading, judging, call, cancellationToken);
        await Task.WhenAll(judging, judged).ConfigureAwait(false);
        var daemonSets = (await reading.ConfigureAwait(false)).DaemonSetsOnly();
        var pods = await judged.ConfigureAwait(false);
        KubeDrainPlan[] plans = [.. nodes.Select(node => NodePlan.Of(node, pods[node.Name]) with { Inventory = daemonSets })];
        string[] namespaces = [.. plans.SelectMany(static plan => plan.Pods).Where(static pod => pod.Goes).Select(static pod => pod.Namespace).Distinct().Order(StringComparer.Ordinal)];
        await CheckAsync(permissions.CheckPodsAsync(namespaces, cancellationToken)).ConfigureAwait(false);
        return plans;
    }

    private async Task<PodJudge> JudgeAsync(Task<DrainInventory> reading, DateTimeOffset now) => (await reading.ConfigureAwait(false)).Judge(_options, now);

    private static async Task CheckAsync(Task<Fault?> missing)
    {
        if (await missing.ConfigureAwait(false) is { } fault)
            throw new FaultException(fault);
    }
}
