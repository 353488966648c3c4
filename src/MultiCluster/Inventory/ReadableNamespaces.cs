using MultiCluster.Api.Discovery;
using MultiCluster.Api.Lists;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Inventory;

/// <summary>The namespaces to try one by one where the whole cluster is forbidden: asked for once, however many kinds need them.</summary>
internal sealed class ReadableNamespaces(ObjectLister objects, string defaultNamespace, CallContext call, CancellationToken cancellationToken)
{
    private static readonly ResourceKind Namespaces = BuiltInKinds.All.First(static kind => kind.Kind == "Namespace");

    private readonly Lazy<Task<(IReadOnlyList<string> Names, bool AreAll)>> _all = new(() => ListAsync(objects, defaultNamespace, call, cancellationToken));

    /// <summary>All of the cluster; where they may not be listed, the user's Projects (OpenShift), else the one that the user works in.</summary>
    public Task<(IReadOnlyList<string> Names, bool AreAll)> GetAsync() => _all.Value;

    private static async Task<(IReadOnlyList<string> Names, bool AreAll)> ListAsync(ObjectLister objects, string defaultNamespace, CallContext call, CancellationToken cancellationToken)
    {
        try
        {
            var names = new List<string>();
            await foreach (var piece in objects.ListAsync(Namespaces, new ListQuery { MetadataOnly = true }, call, cancellationToken).ConfigureAwait(false))
                names.AddRange(piece.Select(static ns => ns.Name));
            return (names, true);
        }
        catch (FaultException e) when (e.Fault.Phase == FaultPhase.Forbidden)
        {
            return (await NamespaceNames.OfProjectsAsync(objects, call, cancellationToken).ConfigureAwait(false) ?? [defaultNamespace], false);
        }
    }
}
