using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Discovery;

/// <summary>What discovery says about a subresource.</summary>
internal readonly record struct Subresource(string Group, string Version, string Kind, string[] Verbs)
{
    private static readonly string[] Changed = ["get", "patch", "update"];
    private static readonly string[] Connected = ["create", "get"];
    private static readonly string[] Proxied = ["create", "delete", "get", "patch", "update"];

    public static Subresource Of(ApiCatalog catalog, ResourceKind owner, string name) => name switch
    {
        "scale" => new("autoscaling", "v1", "Scale", Changed),
        "log" => new("", "v1", "Pod", ["get"]),
        "eviction" => new("policy", catalog.Policy.Evictions[0], "Eviction", ["create"]),
        "binding" => new("", "v1", "Binding", ["create"]),
        "token" => new("authentication.k8s.io", "v1", "TokenRequest", ["create"]),
        "finalize" => new("", "v1", "Namespace", ["update"]),
        "attach" => new("", "v1", "PodAttachOptions", Connected),
        "exec" => new("", "v1", "PodExecOptions", Connected),
        "portforward" => new("", "v1", "PodPortForwardOptions", Connected),
        "proxy" => new("", "v1", $"{owner.Kind}ProxyOptions", Proxied),
        _ => new(owner.Group, owner.Version, owner.Kind, Changed),
    };
}
