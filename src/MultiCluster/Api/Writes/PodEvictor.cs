using MultiCluster.Api.Lists;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Objects;

namespace MultiCluster.Api.Writes;

/// <summary>Evicts one cluster's pods, or deletes them past their budgets.</summary>
/// <param name="client">The cluster's client.</param>
/// <param name="writer">The cluster's writer.</param>
/// <param name="version">The version of <c>policy</c> (<see cref="EvictionApi"/>); null to delete.</param>
/// <param name="gracePeriodSeconds">Seconds that each pod has to end; null for its own.</param>
/// <param name="dryRun">True to have the server check everything and change nothing.</param>
internal sealed class PodEvictor(ApiClient client, ObjectWriter writer, string? version, int? gracePeriodSeconds, bool dryRun)
{
    private static ResourceKind Pods => Discovery.BuiltInKinds.All.First(static kind => kind.Kind == "Pod");

    /// <summary>Asks once for the end of the pod that has <paramref name="uid"/>. What the server says is an answer, never an exception.</summary>
    /// <exception cref="OperationCanceledException">The caller ended it; the server may have heard all the same.</exception>
    public async Task<EvictionAnswer> EvictAsync(string ns, string name, string? uid, CallContext call, CancellationToken cancellationToken)
    {
        var query = new DeleteQuery { Uid = uid, GracePeriodSeconds = gracePeriodSeconds, DryRun = dryRun };
        try
        {
            if (version is null)
            {
                var outcome = await writer.DeleteAsync(Pods, ns, name, query, call, cancellationToken).ConfigureAwait(false);
                return new(outcome == DeleteOutcome.WasGone ? EvictionVerdict.Gone : EvictionVerdict.Accepted);
            }

            var request = new ApiRequest(HttpMethod.Post, $"{Pods.Path(ns)}/{Uri.EscapeDataString(name)}/eviction{(dryRun ? "?dryRun=All" : "")}")
            {
                Kind = RequestKind.Eviction,
                Operation = ObjectOperation.Of("evict", Pods, ns, name),
                Body = DeleteBody.OfEviction(version, ns, name, query),
                Observer = call.Observer,
            };
            await client.GetBytesAsync(request, cancellationToken, call.Timeouts).ConfigureAwait(false);
            return new(EvictionVerdict.Accepted);
        }
        catch (FaultException e)
        {
            return EvictionAnswer.Of(e.Fault);
        }
    }
}
