using MultiCluster.Objects;

namespace MultiCluster.Access;

/// <summary>May the user do this?</summary>
/// <param name="Verb">The verb.</param>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Resource">The plural.</param>
/// <param name="Subresource">The subresource: <c>eviction</c>; null for the objects themselves.</param>
/// <param name="Namespace">The namespace; null for all namespaces, and for kinds of the whole cluster.</param>
/// <param name="Name">The object; null for every object.</param>
internal readonly record struct AccessQuestion(string Verb, string Group, string Resource, string? Subresource = null, string? Namespace = null, string? Name = null)
{
    /// <summary>The resource as people write it: <c>pods/eviction</c>, <c>deployments.apps</c>.</summary>
    public string ResourceText => $"{Resource}{(Group.Length == 0 ? "" : $".{Group}")}{(Subresource is null ? "" : $"/{Subresource}")}";

    /// <summary>A question about objects of a kind.</summary>
    public static AccessQuestion Of(string verb, ResourceKind kind, string? ns, string? name = null, string? subresource = null) =>
        new(verb, kind.Group, kind.Plural, subresource, kind.Namespaced ? ns : null, name);

    /// <inheritdoc/>
    public override string ToString() => $"{Verb} {ResourceText}{(Namespace is null ? "" : $" in namespace {Namespace}")}";
}

/// <summary>The answer to an <see cref="AccessQuestion"/>.</summary>
/// <param name="Allowed">True when the user may.</param>
/// <param name="Reason">What the server says for it or against it, or null.</param>
internal sealed record AccessDecision(bool Allowed, string? Reason = null);
