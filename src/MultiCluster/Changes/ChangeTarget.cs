using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Changes;

/// <summary>The object that is to be changed, in its own cluster.</summary>
internal sealed record ChangeTarget(string ClusterId, string ApiVersion, string Kind, string? Namespace, string Name, string? Uid)
{
    /// <summary>An object that was read.</summary>
    public static ChangeTarget Of(KubeObject item) => new(item.ClusterId, item.ApiVersion, item.Kind, item.Namespace, item.Name, item.Uid);

    /// <summary>An object that a row names.</summary>
    public static ChangeTarget Of(ResolvedReference reference) =>
        new(reference.Reference.ClusterId, reference.Kind.ApiVersion, reference.Kind.Kind, reference.Namespace, reference.Reference.Name, reference.Reference.Uid);

    /// <summary>A change of it.</summary>
    /// <param name="action">What the change is called: <c>Scale</c>.</param>
    /// <param name="write">The write, given the object as it is; null when nothing is left to do.</param>
    public ObjectChange Change(string action, Func<KubeObject, Api.Writes.ObjectWrite?> write) => new()
    {
        ClusterId = ClusterId,
        ApiVersion = ApiVersion,
        Kind = Kind,
        Namespace = Namespace,
        Name = Name,
        Uid = Uid,
        Action = action,
        IsRemade = true,
        Write = before => write(before!),
    };
}
