using MultiCluster.FanOut;
using MultiCluster.Http;
using MultiCluster.Resources;
using MultiCluster.Resources.Lists;

namespace MultiCluster.Reading;

/// <summary>
/// Reads namespace by namespace where the whole cluster is forbidden: those that can be listed, else the one that the user works in.
/// The fault that remains says which were left out.
/// </summary>
internal sealed class NamespaceFallback(ObjectLister objects, FirstCount first, CallContext call)
{
    private const int Named = 10;

    private static readonly ResourceKind Namespaces = new() { Group = "", Version = "v1", Kind = "Namespace", Plural = "namespaces", Singular = "namespace" };

    public async Task ReadAsync(
        Fault everywhere, string defaultNamespace, Func<string?, CancellationToken, Task> list, FanOutSink sink, CancellationToken cancellationToken)
    {
        var all = await AllAsync(cancellationToken).ConfigureAwait(false);
        List<string> read = [], leftOut = [];
        foreach (var ns in all ?? [defaultNamespace])
        {
            if (first.IsReached)
                return;
            try
            {
                await list(ns, cancellationToken).ConfigureAwait(false);
                read.Add(ns);
            }
            catch (FaultException e) when (e.Fault.Phase == FaultPhase.Forbidden)
            {
                leftOut.Add(ns);
            }
        }

        // Every namespace could be read: nothing is missing.
        if (all is not null && leftOut.Count == 0)
            return;
        var names = all is null ? "all others, since the namespaces cannot be listed" : string.Join(", ", leftOut.Take(Named)) + (leftOut.Count > Named ? $" and {leftOut.Count - Named} more" : "");
        var fault = read.Count == 0
            ? everywhere
            : everywhere with
            {
                Detail = $"{everywhere.Detail}; only {(read.Count == 1 ? $"namespace {read[0]}" : $"{read.Count} namespaces")} could be read, left out: {names}",
                Advice = "Ask for a role that may list the kind in the whole cluster, or name the namespaces you may read with -Namespace.",
            };
        await sink.FaultAsync(fault, null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The cluster's namespaces, or null when they may not be listed.</summary>
    private async Task<IReadOnlyList<string>?> AllAsync(CancellationToken cancellationToken)
    {
        try
        {
            var names = new List<string>();
            await foreach (var piece in objects.ListAsync(Namespaces, new ListQuery { MetadataOnly = true }, call, cancellationToken).ConfigureAwait(false))
                names.AddRange(piece.Select(static ns => ns.Name));
            return names;
        }
        catch (FaultException e) when (e.Fault.Phase == FaultPhase.Forbidden)
        {
            return null;
        }
    }
}
