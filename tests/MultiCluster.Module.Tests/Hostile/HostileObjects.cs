using System.Text.Json.Nodes;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Hostile;

/// <summary>Clusters whose every word is hostile.</summary>
internal static class HostileObjects
{
    /// <summary>What decides how an object is read, and what is no word.</summary>
    private static readonly HashSet<string> Kept =
    [
        "apiVersion", "kind", "type", "status", "phase", "uid", "resourceVersion", "creationTimestamp", "generation", "operator", "restartPolicy", "protocol",
        "concurrencyPolicy", "policyTypes", "scope", "addressType", "schedule", "served", "storage", "group", "plural", "version", "verbs", "path",
    ];

    /// <summary>Puts <paramref name="text"/> behind every text and every name of labels and data of every object.</summary>
    public static void Poison(this SimulatedCluster cluster, string text)
    {
        var objects = cluster.Store.Kinds.All
            .Where(static kind => kind.Kind != "CustomResourceDefinition" && !kind.IsCustom && kind.QualifiedPlural != "events.events.k8s.io")
            .SelectMany(kind => cluster.Store.List(kind.QualifiedPlural).Select(item => (Kind: kind, Item: item)))
            .ToArray();
        foreach (var (kind, item) in objects)
            cluster.Store.Remove(kind.QualifiedPlural, item.Namespace, item.Name);
        foreach (var (kind, item) in objects)
            cluster.Store.Add(Poisoned(item.ToJson(), text).AsObject());
        cluster.Version += text;
    }

    private static JsonNode Poisoned(JsonNode node, string text) => node switch
    {
        JsonObject map => new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, pair.Value is null || Kept.Contains(pair.Key) ? pair.Value?.DeepClone() : Poisoned(pair.Value, text)))),
        JsonArray list => new JsonArray([.. list.Select(item => item is null ? null : Poisoned(item, text))]),
        JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.String && IsWord($"{value}") => JsonValue.Create(value + text),
        _ => node.DeepClone(),
    };

    /// <summary>Not a number, a quantity, a time or an address.</summary>
    private static bool IsWord(string text) => text.Length > 0 && !char.IsAsciiDigit(text[0]);
}
