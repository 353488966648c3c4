using MultiCluster.Api.Lists;
using MultiCluster.Attention.Scanning;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Inventory;
using MultiCluster.Resources;

namespace MultiCluster.Overview;

/// <summary>
/// Looks at one cluster at a time; its objects are <see cref="KubeOverview"/>s, or <see cref="KubeNamespaceOverview"/>s where namespaces are
/// named. A cluster that does not answer has its row, too.
/// </summary>
/// <param name="query">What is shown.</param>
/// <param name="clusters">The clusters of the call, whose newest release is what each is held against.</param>
internal sealed class OverviewReader(OverviewQuery query, IReadOnlyList<ClusterConnection> clusters)
{
    private readonly FleetVersion _fleet = new(clusters);

    /// <summary>Writes a cluster's row, or those of its namespaces.</summary>
    /// <param name="connection">The cluster.</param>
    /// <param name="defaultNamespace">The namespace that is read where the user may list neither the cluster nor its namespaces.</param>
    /// <param name="call">What the call brings along.</param>
    /// <param name="sink">Where the rows go. What has failed beside missing rights is a fault there.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FaultException">The cluster does not answer; its row has been written.</exception>
    public async Task ReadAsync(ClusterConnection connection, string defaultNamespace, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        var rows = new OverviewRows(connection, _fleet);
        try
        {
            await ReadAsync(connection, rows, defaultNamespace, call, sink, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e) when (!sink.Stopped.IsCancellationRequested)
        {
            await WriteFaultAsync(rows, e.Fault, sink).ConfigureAwait(false);
            throw;
        }
        catch (OperationCanceledException) when (!sink.Stopped.IsCancellationRequested)
        {
            await WriteFaultAsync(rows, Late(connection), sink).ConfigureAwait(false);
            throw;
        }
    }

    private async Task ReadAsync(
        ClusterConnection connection, OverviewRows rows, string defaultNamespace, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        var inventory = new ClusterInventory(connection, query.Scope, defaultNamespace, call);
        var tally = new OverviewTally(query.Scope, inventory, connection.Time.GetUtcNow());
        var attention = new ClusterAttention(connection, new AttentionQuery { Scope = query.Scope }, inventory);
        await inventory.ReadAsync(contacts: true, cancellationToken).ConfigureAwait(false);
        var findings = attention.Conclude(isWhole: true);
        if (query.Scope.IsCluster)
            await sink.WriteAsync<object>([rows.OfCluster(inventory, tally, findings), .. query.WithFindings ? findings : []], cancellationToken).ConfigureAwait(false);
        else
            await sink.WriteAsync<object>(rows.OfNamespaces(inventory, tally, findings), cancellationToken).ConfigureAwait(false);
        foreach (var unseen in inventory.Unseen.Where(static one => !one.IsExpected))
            await sink.FaultAsync(unseen.Fault, unseen.Resource, cancellationToken).ConfigureAwait(false);
        var absent = new MissingNamespaces(call, sink);
        foreach (var ns in query.Scope.Namespaces ?? [])
            await absent.CheckAsync(connection.Session.Objects, ns, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The call's own time is over, or the cluster was deselected: a last word, which only the end of the whole call cuts short.</summary>
    private async Task WriteFaultAsync(OverviewRows rows, Fault fault, FanOutSink sink)
    {
        object row = query.Scope.IsCluster ? rows.OfFault(fault) : rows.OfNamespaceFault(fault);
        await sink.WriteAsync([row], sink.Stopped).ConfigureAwait(false);
    }

    private static Fault Late(ClusterConnection connection) => connection.Disconnected.IsCancellationRequested
        ? ClusterConnection.DisconnectedFault()
        : new Fault { Phase = FaultPhase.Timeout, Detail = "no answer within the call's deadline", Advice = "Raise -DeadlineSec." };
}
