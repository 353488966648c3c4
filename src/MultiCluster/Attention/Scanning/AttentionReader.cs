using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Inventory;
using MultiCluster.Resources;

namespace MultiCluster.Attention.Scanning;

/// <summary>Says of one cluster at a time what needs a look; its objects are <see cref="KubeFinding"/>s.</summary>
internal sealed class AttentionReader(AttentionQuery query)
{
    /// <summary>Writes a cluster's findings, the worst first.</summary>
    /// <param name="connection">The cluster.</param>
    /// <param name="defaultNamespace">The namespace that is read where the user may list neither the cluster nor its namespaces.</param>
    /// <param name="call">What the call brings along.</param>
    /// <param name="sink">Where the findings go. A kind that cannot be read is said there, with the rules that it leaves without an answer.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FaultException">The cluster itself does not answer; what was found until then has been written.</exception>
    public async Task ReadAsync(ClusterConnection connection, string defaultNamespace, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        var inventory = new ClusterInventory(connection, query.Scope, defaultNamespace, call);
        var attention = new ClusterAttention(connection, query, inventory);
        FaultException? failure = null;
        try
        {
            await inventory.ReadAsync(contacts: connection.Version is null, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e)
        {
            failure = e;
        }

        await sink.WriteAsync(attention.Conclude(isWhole: failure is null), cancellationToken).ConfigureAwait(false);
        if (failure is not null)
            throw failure;
        await TellUnseenAsync(inventory, attention, call, sink, cancellationToken).ConfigureAwait(false);
        var absent = new MissingNamespaces(call, sink);
        foreach (var ns in query.Scope.Namespaces ?? [])
            await absent.CheckAsync(connection.Session.Objects, ns, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Rights that are missing are no failure, and are said; what has failed is an error.</summary>
    private static async Task TellUnseenAsync(ClusterInventory inventory, ClusterAttention attention, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        foreach (var unseen in inventory.Unseen.Where(static one => !one.IsExpected))
            await sink.FaultAsync(unseen.Fault, unseen.Resource, cancellationToken).ConfigureAwait(false);
        UnseenKind[] expected = [.. inventory.Unseen.Where(static one => one.IsExpected)];
        if (expected.Length == 0)
            return;
        string[] rules = [.. expected.SelectMany(one => attention.RulesOf(one.Resource)).Distinct()];
        call.Say?.Invoke($"not seen: {string.Join(", ", expected.Select(static one => one.ToString()))}");
        var advice = inventory.KnowsNamespaces ? "" : ". The namespaces cannot be listed: name those that you may read with -Namespace";
        await sink.RemarkAsync(
            $"could not see {UnseenKind.Summary(expected.Select(static one => one.ToString()))}; rules that miss something by that: {NameList.Of(rules)}{advice}", cancellationToken).ConfigureAwait(false);
    }
}
