using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Workloads;

/// <summary>Pod templates, which are the same when their pods would be: whatever a server adds, and the label that tells revisions apart, makes no difference.</summary>
internal static class PodTemplates
{
    public const string HashLabel = "pod-template-hash";

    // Letters and digits that make no words (k8s.io/apimachinery/pkg/util/rand).
    private const string Safe = "bcdfghjklmnpqrstvwxz2456789";

    private static readonly (string Name, string Json)[] PodDefaults =
    [
        ("restartPolicy", "\"Always\""), ("terminationGracePeriodSeconds", "30"), ("dnsPolicy", "\"ClusterFirst\""), ("securityContext", "{}"), ("schedulerName", "\"default-scheduler\""),
    ];

    private static readonly (string Name, string Json)[] ContainerDefaults =
        [("terminationMessagePath", "\"/dev/termination-log\""), ("terminationMessagePolicy", "\"File\""), ("resources", "{}")];

    public static bool Same(JsonNode? one, JsonNode? other) => JsonNode.DeepEquals(Plain(one), Plain(other));

    /// <summary>A text that stands for a template, the same each time.</summary>
    /// <param name="template">The template.</param>
    /// <param name="collisions">How many other templates have had the text before.</param>
    public static string HashOf(JsonNode? template, int collisions = 0)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{Sorted(Plain(template))?.ToJsonString()}{(collisions == 0 ? "" : $"{collisions}")}"));
        return string.Concat(bytes.Take(10).Select(b => Safe[b % Safe.Length]));
    }

    /// <summary>The template with a label more.</summary>
    public static JsonObject Labelled(JsonNode? template, string key, string value)
    {
        var labelled = template?.DeepClone().AsObject() ?? [];
        if (labelled["metadata"] is not JsonObject metadata) labelled["metadata"] = metadata = [];
        if (metadata["labels"] is not JsonObject labels) metadata["labels"] = labels = [];
        labels[key] = value;
        return labelled;
    }

    private static JsonObject Plain(JsonNode? template)
    {
        var plain = template?.DeepClone().AsObject() ?? [];
        plain.Remove("$patch");
        if (plain["metadata"] is JsonObject metadata)
        {
            metadata.Remove("creationTimestamp");
            (metadata["labels"] as JsonObject)?.Remove(HashLabel);
            foreach (var empty in metadata.Where(m => m.Value is null or JsonObject { Count: 0 }).Select(m => m.Key).ToList()) metadata.Remove(empty);
        }
        if (plain["metadata"] is null or JsonObject { Count: 0 }) plain.Remove("metadata");
        if (plain["spec"] is JsonObject spec)
        {
            Complete(spec, PodDefaults);
            foreach (var list in new[] { "containers", "initContainers" })
                foreach (var container in (spec[list] as JsonArray ?? []).OfType<JsonObject>()) Complete(container);
        }
        return plain;
    }

    private static void Complete(JsonObject container)
    {
        Complete(container, ContainerDefaults);
        var image = container["image"]?.ToString() ?? "";
        var tag = image[(image.LastIndexOf('/') + 1)..];
        container["imagePullPolicy"] ??= !tag.Contains(':', StringComparison.Ordinal) || tag.EndsWith(":latest", StringComparison.Ordinal) ? "Always" : "IfNotPresent";
        foreach (var port in (container["ports"] as JsonArray ?? []).OfType<JsonObject>()) port["protocol"] ??= "TCP";
    }

    private static void Complete(JsonObject json, (string Name, string Json)[] defaults)
    {
        foreach (var (name, value) in defaults) json[name] ??= JsonNode.Parse(value);
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => KeyValuePair.Create(m.Key, Sorted(m.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
