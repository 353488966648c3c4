using MultiCluster.Api.Lists;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Resources;

/// <summary>
/// Reads namespace by namespace where the whole cluster is forbidden: those that can be listed, else the one that the user works in.
/// The fault that remains says which were left out.
/// </summary>
internal sealed class NamespaceFallback(ObjectLister objects, FirstCount first, CallContext call, FanOutSink sink)
{
    private const int Named = 10;

    // The cluster's namespaces once they have been asked for; null when they may not be listed.
    private IReadOnlyList<string>? _all;
    private bool _asked;

    /// <summary>Reads the namespaces one by one. True when that was all of them.</summary>
    /// <param name="everywhere">Why the whole cluster cannot be read.</param>
    /// <param name="target">What the fault is about when it is not the cluster.</param>
    /// <param name="defaultNamespace">The namespace to read when they cannot be listed.</param>
    /// <param name="list">Reads one.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<bool> ReadAsync(
        Fault everywhere, object? target, string defaultNamespace, Func<string, CancellationToken, Task> list, CancellationToken cancellationToken)
    {
        if (!_asked)
            _all = await NamespaceNames.OfAsync(objects, call, cancellationToken).ConfigureAwait(false);
        _asked = true;
        List<string> read = [], leftOut = [];
        foreach (var ns in _all ?? [defaultNamespace])
        {
            if (first.IsReached)
                return false;
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
        if (_all is not null && leftOut.Count == 0)
            return true;
        var names = _all is null ? "all others, since the namespaces cannot be listed" : string.Join(", ", leftOut.Take(Named)) + (leftOut.Count > Named ? $" and {leftOut.Count - Named} more" : "");
        var fault = read.Count == 0
            ? everywhere
            : everywhere with
            {
                Detail = $"{everywhere.Detail}; only {(read.Count == 1 ? $"namespace {read[0]}" : $"{read.Count} namespaces")} could be read, left out: {names}",
                Advice = "Ask for a role that may list the kind in the whole cluster, or name the namespaces you may read with -Namespace.",
            };
        await sink.FaultAsync(fault, target, cancellationToken).ConfigureAwait(false);
        return false;
    }

    /// <summary>
    /// The namespaces whose objects of a kind may be listed, one by one. The fault names the others; of what goes on it is said that
    /// those which are made later do not join.
    /// </summary>
    /// <param name="kind">The kind.</param>
    /// <param name="everywhere">Why the whole cluster cannot be read.</param>
    /// <param name="defaultNamespace">The namespace to read when they cannot be listed.</param>
    /// <param name="goesOn">True when they are read from now on, and not once.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public async Task<IReadOnlyList<string>> AllowedAsync(ResourceKind kind, Fault everywhere, string defaultNamespace, bool goesOn, CancellationToken cancellationToken)
    {
        var allowed = new List<string>();
        await ReadAsync(everywhere, null, defaultNamespace, TryAsync, cancellationToken).ConfigureAwait(false);
        if (goesOn && allowed.Count > 0)
        {
            var text = $"{kind.Plural} are read namespace by namespace ({allowed.Count}), since those of the whole cluster are forbidden: a namespace that is created from now on does not join";
            await sink.NoticeAsync(NoticeLevel.Warning, text, cancellationToken).ConfigureAwait(false);
        }

        return allowed;

        async Task TryAsync(string ns, CancellationToken stop)
        {
            await foreach (var _ in objects.ListAsync(kind, new ListQuery { Namespace = ns, First = 1 }, call, stop).ConfigureAwait(false))
                break;
            allowed.Add(ns);
        }
    }
}
