using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Objects;

/// <summary>The label selectors that stand in objects (meta/v1 LabelSelector, or the plain map of a ReplicationController).</summary>
internal static class ObjectSelector
{
    /// <summary>True for a selector without requirements.</summary>
    public static bool IsEmpty(JsonNode? selector) =>
        selector is JsonObject json && Pairs(json).Count == 0 && json["matchExpressions"] is not JsonArray { Count: > 0 };

    /// <summary>Whether labels are selected. None are by no selector, all by an empty one.</summary>
    public static bool Matches(JsonNode? selector, IReadOnlyDictionary<string, string> labels)
    {
        if (selector is not JsonObject json) return false;
        if (!Pairs(json).All(p => labels.TryGetValue(p.Key, out var value) && value == p.Value?.ToString())) return false;
        return json["matchExpressions"] is not JsonArray expressions || expressions.All(e => Holds(e!, labels));
    }

    /// <summary>The selector as a query has it: <c>app=web,tier in (a,b)</c>.</summary>
    public static string Text(JsonNode? selector)
    {
        if (selector is not JsonObject json) return "";
        var pairs = Pairs(json).Select(p => $"{p.Key}={p.Value}").Order(StringComparer.Ordinal);
        var expressions = (json["matchExpressions"] as JsonArray ?? []).Select(e =>
        {
            var (key, values) = (e!["key"]!.ToString(), string.Join(',', Values(e)));
            return e["operator"]?.ToString() switch
            {
                "In" => $"{key} in ({values})",
                "NotIn" => $"{key} notin ({values})",
                "DoesNotExist" => $"!{key}",
                _ => key,
            };
        });
        return string.Join(',', pairs.Concat(expressions));
    }

    private static JsonObject Pairs(JsonObject selector)
    {
        if (selector["matchLabels"] is JsonObject labels) return labels;
        return selector.ContainsKey("matchExpressions") || selector.ContainsKey("matchLabels") ? [] : selector;
    }

    private static bool Holds(JsonNode expression, IReadOnlyDictionary<string, string> labels)
    {
        var there = labels.TryGetValue(expression["key"]!.ToString(), out var value);
        return expression["operator"]?.ToString() switch
        {
            "In" => there && Values(expression).Contains(value),
            "NotIn" => !there || !Values(expression).Contains(value),
            "Exists" => there,
            "DoesNotExist" => !there,
            _ => false,
        };
    }

    private static IEnumerable<string> Values(JsonNode expression) => (expression["values"] as JsonArray ?? []).Select(v => v!.ToString());
}
