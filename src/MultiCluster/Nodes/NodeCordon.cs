using System.Text.Json.Nodes;
using MultiCluster.Api.Lists;
using MultiCluster.Api.Writes;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Nodes;

/// <summary>What became of a node that was to be cordoned or uncordoned.</summary>
/// <param name="Node">The node as it is now.</param>
/// <param name="Changed">False when it was so already, and nothing was written.</param>
public sealed record CordonResult(KubeNode Node, bool Changed);

/// <summary>Cordons and uncordons one cluster's nodes: sets <c>spec.unschedulable</c>.</summary>
internal sealed class NodeCordon(ClusterConnection connection)
{
    /// <summary>Makes a node unschedulable, or schedulable again. A node that is so already is not written.</summary>
    /// <param name="name">The node.</param>
    /// <param name="uid">The uid that it must have, so that another node of its name is left alone; null for any.</param>
    /// <param name="unschedulable">True to cordon it.</param>
    /// <param name="dryRun">True to have the server check it and change nothing.</param>
    /// <param name="call">What the call brings along.</param>
    /// <param name="cancellationToken">Ends it: nothing is written any more.</param>
    /// <param name="writing">Ends a write that is under way; null for <paramref name="cancellationToken"/>.</param>
    /// <exception cref="FaultException">It is not there or was replaced (NotFound), or the server fails.</exception>
    public async Task<CordonResult> SetAsync(string name, string? uid, bool unschedulable, bool dryRun, CallContext call, CancellationToken cancellationToken, CancellationToken? writing = null)
    {
        using var use = connection.Use();
        var session = connection.Session;
        var node = await session.Objects.GetAsync(NodeKinds.Node, null, name, metadataOnly: false, call, cancellationToken).ConfigureAwait(false);
        if (uid is not null && node.Uid != uid)
            throw new FaultException(WriteFaults.Replaced(NodeKinds.Node, name) with { Operation = $"{Verb(unschedulable)} node {name}", Cluster = connection.Identity });
        var (now, written) = await session.Writer.ChangeAsync(
            node, Change, dryRun, call, writing ?? cancellationToken).ConfigureAwait(false);
        return new((KubeNode)now, written);

        JsonObject? Change(KubeObject current)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return ((KubeNode)current).Unschedulable == unschedulable ? null : Patch(unschedulable);
        }
    }

    private static string Verb(bool unschedulable) => unschedulable ? "cordon" : "uncordon";

    // kubectl removes the field too: false is its default.
    private static JsonObject Patch(bool unschedulable) => new() { ["spec"] = new JsonObject { ["unschedulable"] = unschedulable ? true : null } };
}
