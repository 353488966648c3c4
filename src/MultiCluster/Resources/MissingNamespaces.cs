using System.Collections.Concurrent;
using MultiCluster.Api.Discovery;
using MultiCluster.Api.Lists;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Resources;

/// <summary>
/// Says of one cluster which namespaces are not there. To a server the list of a namespace that it does not have is an empty list: a mistyped
/// name would look like a namespace without objects.
/// </summary>
internal sealed class MissingNamespaces(CallContext call, FanOutSink sink)
{
    /// <summary>The one that every cluster has.</summary>
    private const string Default = "default";

    private static readonly ResourceKind Namespaces = BuiltInKinds.All.First(static kind => kind.Kind == "Namespace");

    private readonly ConcurrentDictionary<string, bool> _asked = new(StringComparer.Ordinal);

    /// <summary>A list of a namespace has come back empty. Who may not ask for namespaces hears nothing, since nobody knows.</summary>
    public async ValueTask CheckAsync(ObjectLister objects, string ns, CancellationToken cancellationToken)
    {
        if (ns == Default || !_asked.TryAdd(ns, true))
            return;
        try
        {
            await objects.GetAsync(Namespaces, null, ns, metadataOnly: true, call, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e)
        {
            if (e.Fault.Phase == FaultPhase.NotFound)
                await sink.RemarkAsync($"there is no namespace '{ns}'", cancellationToken).ConfigureAwait(false);
        }
    }
}
