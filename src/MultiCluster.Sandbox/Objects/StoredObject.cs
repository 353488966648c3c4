using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Objects;

/// <summary>
/// One object at one resourceVersion, never changed. Its body is encoded once: lists are put together from these bytes.
/// The body lacks <c>apiVersion</c>, and for built-in kinds also <c>kind</c>, as the items of a server's lists do.
/// </summary>
public sealed class StoredObject
{
    private Dictionary<string, string>? _labels;
    private StoredObject? _view;

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

    /// <summary>The object as a kind shows it that is stored in this one.</summary>
    internal StoredObject As(ResourceKind kind) => kind.StoredAs is null ? this : _view ??= EventView.Of(this, kind);

    /// <summary>The object as it is stored, when this is a view of it.</summary>
    internal StoredObject Source { get => field ?? this; init; }

    /// <summary>The same with another resourceVersion.</summary>
    internal StoredObject At(long version) => new(Kind, Namespace, Name, Uid, version, MetadataSlice.WithVersion(Body, version));

    internal static string KeyOf(string ns, string name) => ns.Length == 0 ? name : $"{ns}/{name}";

    private Dictionary<string, string> ReadLabels()
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        if (JsonNode.Parse(MetadataSlice.Of(Body).Span)?["labels"] is JsonObject json)
            foreach (var (name, value) in json) labels[name] = value?.ToString() ?? "";
        return labels;
    }
}
