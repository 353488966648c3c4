using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Kinds;

/// <summary>Rules for ConfigMaps and Secrets.</summary>
internal static partial class ConfigRules
{
    private const string KeyRule =
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.' "
        + "(e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

    private const string Immutable = "field is immutable when `immutable` is set";

    public static void CheckConfigMap(JsonObject? before, JsonObject json, Problems problems)
    {
        CheckImmutable(before, json, problems, "data", "binaryData");
        CheckKeys(json, "data", problems);
        CheckKeys(json, "binaryData", problems);
        if (json["data"] is not JsonObject data || json["binaryData"] is not JsonObject binary) return;
        foreach (var (name, _) in data.Where(p => binary.ContainsKey(p.Key))) problems.Invalid($"data[{name}]", name, "duplicate of key present in binaryData");
    }

    public static void CheckSecret(JsonObject? before, JsonObject json, Problems problems)
    {
        if (before is not null) problems.Immutable("type", before["type"], json["type"]);
        CheckImmutable(before, json, problems, "data");
        CheckKeys(json, "data", problems);
        string[] needed = json["type"]?.ToString() switch
        {
            "kubernetes.io/tls" => ["tls.crt", "tls.key"],
            "kubernetes.io/dockerconfigjson" => [".dockerconfigjson"],
            "kubernetes.io/ssh-auth" => ["ssh-privatekey"],
            _ => [],
        };
        foreach (var name in needed.Where(n => json["data"]?[n] is null)) problems.Required($"data[{name}]");
    }

    private static void CheckImmutable(JsonObject? before, JsonObject json, Problems problems, params string[] fields)
    {
        if (before?["immutable"].AsBool() is not true) return;
        if (json["immutable"].AsBool() is not true) problems.Forbidden("immutable", Immutable);
        foreach (var field in fields)
            if (!JsonNode.DeepEquals(before[field], json[field])) problems.Forbidden(field, Immutable);
    }

    private static void CheckKeys(JsonObject json, string field, Problems problems)
    {
        if (json[field] is not JsonObject map) return;
        foreach (var (name, _) in map.Where(p => !Key().IsMatch(p.Key))) problems.Invalid($"{field}[{name}]", name, KeyRule);
    }

    [GeneratedRegex("^[-._a-zA-Z0-9]+$")]
    private static partial Regex Key();
}
