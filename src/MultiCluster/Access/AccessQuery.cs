using MultiCluster.Objects;

namespace MultiCluster.Access;

/// <summary>One object that is asked about.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Namespace">Its namespace, or null.</param>
/// <param name="Name">Its name.</param>
internal sealed record AccessSubject(ResourceKind Kind, string? Namespace, string Name);

/// <summary>What is asked about access, of every cluster: each verb for each kind in each namespace.</summary>
internal sealed record AccessQuery
{
    /// <summary>Verbs: <c>get</c>, <c>list</c>, <c>watch</c>, <c>create</c>, <c>update</c>, <c>patch</c>, <c>delete</c> ...</summary>
    public required IReadOnlyList<string> Verbs { get; init; }

    /// <summary>Kinds in any form that <c>kubectl get</c> takes.</summary>
    public required IReadOnlyList<string> Kinds { get; init; }

    /// <summary>The subresource that is meant: <c>eviction</c>, <c>log</c>, <c>scale</c>; null for the objects themselves.</summary>
    public string? Subresource { get; init; }

    /// <summary>Namespaces; none for the session's.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>All namespaces at once: whether the user may everywhere.</summary>
    public bool AllNamespaces { get; init; }

    /// <summary>Objects that are asked about in place of <see cref="Kinds"/>, each in its own cluster; null for none.</summary>
    public ILookup<string, AccessSubject>? Subjects { get; init; }

    /// <summary>One object's name, or null for every object.</summary>
    public string? Name { get; init; }
}
