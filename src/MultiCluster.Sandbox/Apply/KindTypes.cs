using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Apply;

/// <summary>The type of a kind's objects: the one place that knows whether it is built in or defined by users.</summary>
internal static class KindTypes
{
    /// <summary>Null when nothing is known about a kind: its fields have no owners then.</summary>
    public static FieldType? Of(ClusterStore store, ResourceKind kind, string version)
    {
        if (kind.StoredAs is not null) return null; // Seen as another kind than it is stored.
        if (!kind.IsCustom) return BuiltInTypes.Of(kind);
        return CustomTypes.Of(store.Find("customresourcedefinitions", null, kind.QualifiedPlural), version, BuiltInTypes.Metadata);
    }
}
