using System.Collections.Frozen;

namespace MultiCluster.Objects;

/// <summary>Which class holds the objects of a kind: a typed one for kinds that everybody knows, <see cref="KubeObject"/> for the rest.</summary>
internal static partial class KubeObjectFactory
{
    private static readonly FrozenDictionary<(string Group, string Kind), Func<ObjectContent, KubeObject>> Makers = Declared().ToFrozenDictionary();

    /// <summary>
    /// What makes an object of that kind, whatever its version. An answer without the whole object (metadata only, or a server's table)
    /// gives plain objects: a typed one would show columns that it cannot know.
    /// </summary>
    public static Func<ObjectContent, KubeObject> For(ResourceKind kind)
    {
        if (!Makers.TryGetValue((kind.Group, kind.Kind), out var make))
            return Plain;
        return content => content.Source.MetadataOnly || content.Source.Columns.Count > 0 ? Plain(content) : make(content);
    }

    /// <summary>True when the kind has a class of its own.</summary>
    public static bool IsTyped(ResourceKind kind) => Makers.ContainsKey((kind.Group, kind.Kind));

    /// <summary>What makes the objects of each <see cref="KindAttribute"/>: written by the build.</summary>
    private static partial Dictionary<(string Group, string Kind), Func<ObjectContent, KubeObject>> Declared();

    private static KubeObject Plain(ObjectContent content) => new(content);
}
