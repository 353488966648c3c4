using MultiCluster.Faults;

namespace MultiCluster.Kubeconfig;

/// <summary>A context of a kubeconfig: a candidate cluster. Listed even when it cannot be used; then <see cref="Problem"/> says why.</summary>
internal sealed record KubeconfigContext
{
    /// <summary>The context's identity; its name is the context's until an alias is applied.</summary>
    public required ClusterIdentity Identity { get; init; }

    /// <summary>The context's cluster, or null when there is none of that name.</summary>
    public KubeconfigCluster? Cluster { get; init; }

    /// <summary>The context's user, or null when there is none of that name, or the context asks for none.</summary>
    public KubeconfigUser? User { get; init; }

    /// <summary>Name of the user that the context asks for, or null.</summary>
    public string? UserName { get; init; }

    /// <summary>The context's namespace, or null.</summary>
    public string? Namespace { get; init; }

    /// <summary>True when the kubeconfig's <c>current-context</c> names it, or when neither that nor the context has a name.</summary>
    public bool IsCurrent { get; init; }

    /// <summary>Where its file comes from.</summary>
    internal SourceKind Source { get; init; }

    /// <summary>Why the context cannot be used, as a sentence, or null.</summary>
    public string? Problem { get; init; }
}
