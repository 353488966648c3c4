using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Nodes.Planning;

/// <summary>What one cluster holds that decides about pods: budgets and DaemonSets, each kind listed once and both at a time.</summary>
internal sealed class DrainInventory
{
    /// <summary>For so many nodes, a list of each one's pods is cheaper than one of all pods.</summary>
    private const int FewNodes = 3;

    private readonly BudgetIndex _budgets;
    private readonly KnownDaemonSets _daemonSets;

    private DrainInventory(BudgetIndex budgets, KnownDaemonSets daemonSets)
    {
        _budgets = budgets;
        _daemonSets = daemonSets;
    }

    /// <summary>Reads it.</summary>
    /// <exception cref="FaultException">A part cannot be read.</exception>
    public static async Task<DrainInventory> ReadAsync(ClusterConnection connection, DrainOptions options, CallContext call, CancellationToken cancellationToken)
    {
        var budgets = options.DisableEviction ? Task.FromResult(BudgetIndex.Empty) : ReadAllowedBudgetsAsync(connection, call, cancellationToken);
        var daemonSets = KnownDaemonSets.ReadAsync(connection, call, cancellationToken);
        await Task.WhenAll(budgets, daemonSets).ConfigureAwait(false);
        return new(await budgets.ConfigureAwait(false), await daemonSets.ConfigureAwait(false));
    }

    /// <summary>Reads the pods of each node. Each is decided about as soon as it is there, so that no more of it is kept than the plan says.</summary>
    /// <exception cref="FaultException">The pods cannot be read, or what decides about them.</exception>
    public static async Task<IReadOnlyDictionary<string, List<JudgedPod>>> JudgePodsAsync(
        ClusterConnection connection, IReadOnlyCollection<string> nodes, Task<DrainInventory> reading, Task<PodJudge> judging, CallContext call, CancellationToken cancellationToken)
    {
        var pods = nodes.ToDictionary(static node => node, static _ => new List<JudgedPod>(), StringComparer.Ordinal);
        ListQuery[] lists = nodes.Count > FewNodes ? [new()] : [.. pods.Keys.Select(static node => new ListQuery { FieldSelector = OnNode(node) })];
        await Task.WhenAll(lists.Select(async list =>
        {
            await foreach (var piece in connection.Session.Objects.ListAsync(NodeKinds.Pod, list, call, cancellationToken).ConfigureAwait(false))
            {
                var judge = await judging.ConfigureAwait(false);
                var daemonSets = (await reading.ConfigureAwait(false))._daemonSets;
                foreach (var pod in piece.OfType<KubePod>())
                {
                    if (pod.Node is not { } node || !pods.TryGetValue(node, out var ofNode))
                        continue;
                    var facts = new PodFacts(pod, node);
                    if (daemonSets.Misses(facts))
                        await daemonSets.LookUpAsync(facts, connection, call, cancellationToken).ConfigureAwait(false);
                    ofNode.Add(judge.Judge(facts)); // each list fills lists of its own
                }
            }
        })).ConfigureAwait(false);
        return pods;
    }

    /// <summary>The budgets of a namespace, or of the whole cluster. A cluster that serves none has none.</summary>
    public static async Task<BudgetIndex> ReadBudgetsAsync(ClusterConnection connection, string? ns, CallContext call, CancellationToken cancellationToken)
    {
        try
        {
            var kind = await BudgetKindAsync(connection, cancellationToken).ConfigureAwait(false);
            var budgets = new List<KubePodDisruptionBudget>();
            await foreach (var piece in connection.Session.Objects.ListAsync(kind, new ListQuery { Namespace = ns }, call, cancellationToken).ConfigureAwait(false))
                budgets.AddRange(piece.OfType<KubePodDisruptionBudget>());
            return new(budgets);
        }
        catch (FaultException e) when (e.Fault.Phase == FaultPhase.KindNotFound)
        {
            return BudgetIndex.Empty;
        }
    }

    /// <summary>The kind of budgets in the version that the server prefers: <c>policy/v1</c>, or <c>v1beta1</c> before 1.21.</summary>
    /// <exception cref="FaultException">The cluster serves none (KindNotFound), or cannot be asked.</exception>
    public static ValueTask<ResourceKind> BudgetKindAsync(ClusterConnection connection, CancellationToken cancellationToken) =>
        connection.Session.Kinds.ResolveAsync("poddisruptionbudgets.policy", cancellationToken);

    /// <summary>What decides about pods at <paramref name="now"/>.</summary>
    public PodJudge Judge(DrainOptions options, DateTimeOffset now) =>
        new(new PodFilterContext(options, string.IsNullOrWhiteSpace(options.PodSelector) ? null : LabelMatch.Of(options.PodSelector), _daemonSets.Has, now), _budgets);

    /// <inheritdoc cref="KnownDaemonSets.LookUpAsync"/>
    public Task LookUpAsync(PodFacts pod, ClusterConnection connection, CallContext call, CancellationToken cancellationToken) =>
        _daemonSets.LookUpAsync(pod, connection, call, cancellationToken);

    /// <summary>The DaemonSets alone, for the drain itself: it sees the pods as they are then, and the server knows the budgets.</summary>
    public DrainInventory DaemonSetsOnly() => new(BudgetIndex.Empty, _daemonSets);

    /// <summary>The field selector of a node's pods.</summary>
    public static string OnNode(string node) => $"spec.nodeName={FieldSelector.Escape(node)}";

    /// <summary>Without them the plan cannot say who waits for whom; that no budget is broken is the server's to see to.</summary>
    private static async Task<BudgetIndex> ReadAllowedBudgetsAsync(ClusterConnection connection, CallContext call, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadBudgetsAsync(connection, null, call, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e) when (e.Fault.Phase == FaultPhase.Forbidden)
        {
            call.Say?.Invoke("The budgets may not be listed: the plan does not know them, and evictions will meet them.");
            return BudgetIndex.Empty;
        }
    }
}
