using System.Collections.Frozen;

namespace MultiCluster.Resources;

/// <summary>Which class holds the objects of a kind: a typed one for kinds that everybody knows, <see cref="KubeObject"/> for the rest.</summary>
internal static class KubeObjectFactory
{
    private static readonly FrozenDictionary<(string Group, string Kind), Func<ObjectContent, KubeObject>> Makers =
        new Dictionary<(string, string), Func<ObjectContent, KubeObject>>
        {
            [("", "Pod")] = static content => new KubePod(content),
            [("", "Node")] = static content => new KubeNode(content),
            [("", "Namespace")] = static content => new KubeNamespace(content),
            [("", "Service")] = static content => new KubeService(content),
            [("", "ConfigMap")] = static content => new KubeConfigMap(content),
            [("", "Secret")] = static content => new KubeSecret(content),
            [("apps", "Deployment")] = static content => new KubeDeployment(content),
            [("apps", "ReplicaSet")] = static content => new KubeReplicaSet(content),
            [("apps", "StatefulSet")] = static content => new KubeStatefulSet(content),
            [("apps", "DaemonSet")] = static content => new KubeDaemonSet(content),
        }.ToFrozenDictionary();

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

    private static KubeObject Plain(ObjectContent content) => new(content);
}
