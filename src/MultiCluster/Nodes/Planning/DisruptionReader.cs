using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;
using MultiCluster.Resources;

namespace MultiCluster.Nodes.Planning;

/// <summary>Reads budgets with their pods; a fan-out runs it for each cluster. Its objects are <see cref="KubePodDisruption"/>s.</summary>
/// <param name="names">Names of budgets, with wildcards too; none for all.</param>
/// <param name="namespaces">The namespaces to read; the cluster's default when there is none.</param>
/// <param name="everywhere">Reads all namespaces.</param>
internal sealed class DisruptionReader(IReadOnlyList<string> names, IReadOnlyList<string> namespaces, bool everywhere)
{
    private readonly NameFilter _names = new(names);

    /// <summary>Writes the budgets of a cluster.</summary>
    /// <param name="connection">The cluster.</param>
    /// <param name="defaultNamespace">The namespace that is read when none is named.</param>
    /// <param name="call">What the call brings along.</param>
    /// <param name="sink">Where the budgets go. An exact name that no namespace holds is a fault there.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FaultException">The cluster serves no budgets (KindNotFound), or they cannot be read.</exception>
    public async Task ReadAsync(
        ClusterConnection connection, string defaultNamespace, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        var kind = await DrainInventory.BudgetKindAsync(connection, cancellationToken).ConfigureAwait(false);
        var missing = new HashSet<string>(_names.Exact, StringComparer.Ordinal);
        var absent = new MissingNamespaces(call, sink);
        IReadOnlyList<string?> all = [null];
        var wanted = everywhere ? all : namespaces.Count == 0 ? [defaultNamespace] : namespaces;
        foreach (var ns in wanted)
        {
            var budgets = new List<PodBudget>();
            var isEmpty = true;
            await foreach (var piece in connection.Session.Objects.ListAsync(kind, new ListQuery { Namespace = ns }, call, cancellationToken).ConfigureAwait(false))
            {
                isEmpty = false;
                budgets.AddRange(piece.OfType<KubePodDisruptionBudget>().Where(budget => _names.IsEmpty || _names.Matches(budget.Name)).Select(static budget => new PodBudget(budget)));
            }

            if (isEmpty && ns is not null)
                await absent.CheckAsync(connection.Session.Objects, ns, cancellationToken).ConfigureAwait(false);
            missing.ExceptWith(budgets.Select(static budget => budget.Name));
            if (budgets.Count == 0)
                continue;
            var pods = await ReadPodsAsync(connection, ns, budgets, call, cancellationToken).ConfigureAwait(false);
            KubePodDisruption[] found = [.. budgets.Select(budget => NodePlan.DisruptionOf(budget, pods[budget]))];
            await sink.WriteAsync(found, cancellationToken).ConfigureAwait(false);
        }

        foreach (var name in _names.Exact.Where(missing.Contains))
            await sink.FaultAsync(MissingName.Fault(kind, wanted.Count == 1 ? wanted[0] : null, name, selects: false), name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes budgets of a cluster that were read before.</summary>
    /// <exception cref="FaultException">Their pods cannot be read.</exception>
    public static async Task WriteAsync(
        ClusterConnection connection, IEnumerable<KubePodDisruptionBudget> read, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        foreach (var group in read.GroupBy(static budget => budget.Namespace, StringComparer.Ordinal))
        {
            var budgets = group.Select(static budget => new PodBudget(budget)).ToList();
            var pods = await ReadPodsAsync(connection, group.Key, budgets, call, cancellationToken).ConfigureAwait(false);
            await sink.WriteAsync<KubePodDisruption>([.. budgets.Select(budget => NodePlan.DisruptionOf(budget, pods[budget]))], cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<Dictionary<PodBudget, List<string>>> ReadPodsAsync(
        ClusterConnection connection, string? ns, List<PodBudget> budgets, CallContext call, CancellationToken cancellationToken)
    {
        var pods = budgets.ToDictionary(static budget => budget, static _ => new List<string>());
        var byNamespace = budgets.ToLookup(static budget => budget.Namespace, StringComparer.Ordinal);
        await foreach (var piece in connection.Session.Objects.ListAsync(NodeKinds.Pod, new ListQuery { Namespace = ns }, call, cancellationToken).ConfigureAwait(false))
        {
            foreach (var pod in piece.OfType<KubePod>())
            {
                foreach (var budget in byNamespace[pod.Namespace ?? ""])
                {
                    if (budget.Selects(pod))
                        pods[budget].Add($"{pod.Namespace}/{pod.Name}");
                }
            }
        }

        return pods;
    }
}
