using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Waiting;

/// <summary>An object that is waited for in one cluster.</summary>
/// <param name="Kind">Its kind, in any form that <c>kubectl get</c> takes.</param>
/// <param name="Namespace">Its namespace; null for the one that the user works in, and for kinds of the whole cluster.</param>
/// <param name="Name">Its name.</param>
/// <param name="Uid">The uid that it must have; null for whichever bears the name, be it later.</param>
internal sealed record WaitTarget(string Kind, string? Namespace, string Name, string? Uid = null)
{
    /// <summary>The object itself.</summary>
    public static WaitTarget Of(KubeObject item) => new($"{item.ApiVersion}/{item.Kind}", item.Namespace, item.Name, item.Uid);

    /// <summary>What a reference leads to.</summary>
    public static WaitTarget Of(ResolvedReference resolved) =>
        new($"{resolved.Kind.ApiVersion}/{resolved.Kind.Kind}", resolved.Namespace, resolved.Reference.Name, resolved.Reference.Uid);
}
