using MultiCluster.Api.Discovery;
using MultiCluster.Api.Lists;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Resources;

/// <summary>The namespaces of one cluster as far as its user may know them: all, else OpenShift's Projects.</summary>
internal static class NamespaceNames
{
    private static readonly ResourceKind Namespaces = BuiltInKinds.All.First(static kind => kind.Kind == "Namespace");

    /// <summary>Their names; null where they may not be listed.</summary>
    /// <exception cref="FaultException">The cluster fails.</exception>
    public static async Task<IReadOnlyList<string>?> OfAsync(ObjectLister objects, CallContext call, CancellationToken cancellationToken)
    {
        try
        {
            return await ListAsync(objects, Namespaces, call, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e) when (e.Fault.Phase == FaultPhase.Forbidden)
        {
            return await OfProjectsAsync(objects, call, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Those of OpenShift that the user may see; null where there are no Projects.</summary>
    /// <exception cref="FaultException">The cluster fails.</exception>
    public static async Task<IReadOnlyList<string>?> OfProjectsAsync(ObjectLister objects, CallContext call, CancellationToken cancellationToken)
    {
        try
        {
            return await ListAsync(objects, Projects.Kind, call, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e) when (!ClusterFaults.IsOfCluster(e.Fault))
        {
            return null;
        }
    }

    private static async Task<IReadOnlyList<string>> ListAsync(ObjectLister objects, ResourceKind kind, CallContext call, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var piece in objects.ListAsync(kind, new ListQuery { MetadataOnly = true }, call, cancellationToken).ConfigureAwait(false))
            names.AddRange(piece.Select(static one => one.Name));
        return names;
    }
}
