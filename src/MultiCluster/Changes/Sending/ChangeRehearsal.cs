using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;

namespace MultiCluster.Changes.Sending;

/// <summary>
/// Asks the servers what they would make of changes, before any of them is sent: a fan-out runs it for each cluster. Its objects are
/// <see cref="KubeApplyResult"/>s; what would fail is one of them and no fault.
/// </summary>
internal sealed class ChangeRehearsal(IReadOnlyList<ObjectChange> changes)
{
    private readonly SameCall _same = new(changes);

    public async Task AskAsync(ClusterConnection connection, string defaultNamespace, CallContext context, FanOutSink sink, CancellationToken cancellationToken)
    {
        var sender = new ChangeSender(connection, defaultNamespace, new ChangeOptions { DryRun = true }, _same, context);
        foreach (var change in changes.Where(change => change.ClusterId == connection.Identity.ClusterId))
            await sink.WriteAsync<KubeApplyResult>([await sender.SendAsync(change, cancellationToken).ConfigureAwait(false)], cancellationToken).ConfigureAwait(false);
    }
}
