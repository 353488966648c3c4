using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Objects;

/// <summary>The kinds one cluster serves: the built-in ones and those its CustomResourceDefinitions define.</summary>
public sealed class KindRegistry
{
    private ImmutableArray<ResourceKind> _kinds;

    internal KindRegistry(PolicyVersions policy)
    {
        Policy = policy;
        _kinds = [.. BuiltInKinds.All.Select(k => k.QualifiedPlural == "poddisruptionbudgets.policy" ? k.In(policy.Budgets) : k)];
    }

    /// <summary>A kind is not served any more.</summary>
    internal event Action<ResourceKind>? Removed;

    /// <summary>In which versions budgets and evictions are served.</summary>
    internal PolicyVersions Policy { get; }

    /// <summary>All kinds: built-in ones in their servers' order, then custom ones as they were added.</summary>
    public IReadOnlyList<ResourceKind> All => _kinds;

    /// <summary>The kind served at <c>/apis/group/version/plural</c>, or null.</summary>
    public ResourceKind? Find(string group, string version, string plural) =>
        _kinds.FirstOrDefault(k => k.Plural == plural && k.Group == group && k.FindVersion(version) is not null);

    /// <summary>The kind that an object's <c>apiVersion</c> and <c>kind</c> name, or null.</summary>
    public ResourceKind? FindByObject(string apiVersion, string kind)
    {
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        var (group, version) = slash < 0 ? ("", apiVersion) : (apiVersion[..slash], apiVersion[(slash + 1)..]);
        return _kinds.FirstOrDefault(k => k.Kind == kind && k.Group == group && k.FindVersion(version) is not null);
    }

    /// <summary>The kind with this plural (<c>pods</c>) or qualified plural (<c>deployments.apps</c>).</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public ResourceKind Named(string plural) =>
        _kinds.FirstOrDefault(k => k.QualifiedPlural == plural) ?? _kinds.FirstOrDefault(k => k.Plural == plural)
        ?? throw new ArgumentException($"This cluster serves no kind {plural}.", nameof(plural));

    /// <summary>Stops serving a kind, as a cluster of another version or without an add-on would.</summary>
    public void Remove(string plural)
    {
        var kind = Named(plural);
        Undefine(kind);
    }

    internal void Restore(ResourceKind kind) => ImmutableInterlocked.Update(ref _kinds, kinds => kinds.Contains(kind) ? kinds : kinds.Add(kind));

    internal void Define(JsonObject definition)
    {
        var kind = CustomKind.Read(definition);
        ImmutableInterlocked.Update(ref _kinds, kinds => kinds.Remove(kind).Add(kind));
    }

    internal void Undefine(ResourceKind kind)
    {
        ImmutableInterlocked.Update(ref _kinds, kinds => kinds.Remove(kind));
        Removed?.Invoke(kind);
    }
}
