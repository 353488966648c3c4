using System.Globalization;
using System.Text;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Data;

/// <summary>An object about to be generated.</summary>
/// <param name="Plural">Its kind.</param>
/// <param name="Namespace">Empty for a cluster-scoped object.</param>
/// <param name="Name">Its name.</param>
internal sealed record Draft(string Plural, string Namespace, string Name)
{
    public TimeSpan Age { get; init; }

    public string? GenerateName { get; init; }

    public int Generation { get; init; }

    public TimeSpan? DeletedAgo { get; init; }

    /// <summary>In the order of their keys, as a server writes maps.</summary>
    public IReadOnlyList<(string Key, string Value)> Labels { get; init; } = [];

    public IReadOnlyList<(string Key, string Value)> Annotations { get; init; } = [];

    public Owner? Owner { get; init; }

    /// <summary>JSON of the managedFields' entries.</summary>
    public string ManagedFields { get; init; } = "";

    /// <summary>JSON of the fields after metadata: <c>"spec": {}, "status": {}</c>.</summary>
    public string Body { get; init; } = "";

    public string ToJson(string uid, long resourceVersion, DateTimeOffset now)
    {
        var json = new StringBuilder(4096);
        json.Append("{\"metadata\":{\"name\":\"").Append(Name).Append('"');
        if (GenerateName is not null) Field(json, "generateName", GenerateName);
        if (Namespace.Length > 0) Field(json, "namespace", Namespace);
        Field(json, "uid", uid);
        Field(json, "resourceVersion", resourceVersion.ToString(CultureInfo.InvariantCulture));
        if (Generation > 0) json.Append(",\"generation\":").Append(Generation);
        Field(json, "creationTimestamp", Timestamp.Of(now - Age));
        if (DeletedAgo is { } ago)
        {
            Field(json, "deletionTimestamp", Timestamp.Of(now - ago));
            json.Append(",\"deletionGracePeriodSeconds\":30");
        }
        if (Labels.Count > 0) json.Append(",\"labels\":").Append(Map(Labels));
        if (Annotations.Count > 0) json.Append(",\"annotations\":").Append(Map(Annotations));
        if (Owner is not null) json.Append(",\"ownerReferences\":[").Append(Owner.ToJson()).Append(']');
        if (ManagedFields.Length > 0) json.Append(",\"managedFields\":[").Append(ManagedFields).Append(']');
        json.Append('}');
        if (Body.Length > 0) json.Append(',').Append(Body);
        return json.Append('}').ToString();
    }

    public static string Map(IEnumerable<(string Key, string Value)> pairs) => $"{{{string.Join(',', pairs.Select(p => $"\"{p.Key}\":\"{p.Value}\""))}}}";

    private static void Field(StringBuilder json, string name, string value) => json.Append(",\"").Append(name).Append("\":\"").Append(value).Append('"');
}

/// <summary>Who owns a generated object.</summary>
internal sealed record Owner(string ApiVersion, string Kind, string Name, string Uid)
{
    public string ToJson() =>
        $"{{\"apiVersion\":\"{ApiVersion}\",\"kind\":\"{Kind}\",\"name\":\"{Name}\",\"uid\":\"{Uid}\",\"controller\":true,\"blockOwnerDeletion\":true}}";
}
