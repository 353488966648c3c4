using System.Text;
using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Objects;

/// <summary>
/// One object at one resourceVersion, never changed. Its body is encoded once: lists are put together from these bytes.
/// The body lacks <c>apiVersion</c>, and for built-in kinds also <c>kind</c>, as the items of a server's lists do.
/// </summary>
public sealed class StoredObject
{
    private Dictionary<string, string>? _labels;

    internal StoredObject(ResourceKind kind, string ns, string name, string uid, long resourceVersion, byte[] body)
    {
        Kind = kind;
        Namespace = ns;
        Name = name;
        Uid = uid;
        ResourceVersion = resourceVersion;
        Body = body;
        Key = KeyOf(ns, name);
    }

    public ResourceKind Kind { get; }

    /// <summary>Empty for a cluster-scoped object.</summary>
    public string Namespace { get; }

    public string Name { get; }

    public string Uid { get; }

    public long ResourceVersion { get; }

    /// <summary>Orders objects as etcd does.</summary>
    internal string Key { get; }

    internal byte[] Body { get; }

    internal IReadOnlyDictionary<string, string> Labels => _labels ??= ReadLabels();

    /// <summary>A copy of the whole object, to look into or to change and store again.</summary>
    public JsonObject ToJson()
    {
        var body = JsonNode.Parse(Body)!.AsObject();
        var json = new JsonObject { ["apiVersion"] = Kind.ApiVersion, ["kind"] = Kind.Kind };
        foreach (var (name, value) in body)
            if (name != "kind") json[name] = value?.DeepClone();
        return json;
    }

    /// <summary>What stands before <see cref="Body"/>'s first field in a single object's answer.</summary>
    internal byte[] Head(string version)
    {
        var apiVersion = ResourceKind.ApiVersionOf(Kind.Group, version);
        return Encoding.UTF8.GetBytes(Kind.IsCustom ? $"{{\"apiVersion\":\"{apiVersion}\"," : $"{{\"kind\":\"{Kind.Kind}\",\"apiVersion\":\"{apiVersion}\",");
    }

    internal static string KeyOf(string ns, string name) => ns.Length == 0 ? name : $"{ns}/{name}";

    private Dictionary<string, string> ReadLabels()
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        if (JsonNode.Parse(MetadataSlice.Of(Body).Span)?["labels"] is JsonObject json)
            foreach (var (name, value) in json) labels[name] = value?.ToString() ?? "";
        return labels;
    }
}
