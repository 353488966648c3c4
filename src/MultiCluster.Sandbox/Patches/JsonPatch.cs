using System.Globalization;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;

namespace MultiCluster.Sandbox.Patches;

/// <summary>JSON patch (RFC 6902).</summary>
internal static class JsonPatch
{
    public static JsonNode? Apply(JsonNode target, JsonArray operations)
    {
        JsonNode? result = target.DeepClone();
        foreach (var operation in operations) result = Apply(result, operation as JsonObject ?? throw Rejected());
        return result;
    }

    private static JsonNode? Apply(JsonNode? root, JsonObject operation)
    {
        var path = Pointer(operation, "path");
        switch (operation["op"]?.ToString())
        {
            case "add":
                return Add(root, path, Value(operation));
            case "remove":
                return Remove(root, path);
            case "replace":
                var replaced = Find(root, path, out var there);
                if (!there) throw Rejected();
                return JsonNode.DeepEquals(replaced, operation["value"]) ? root : Replace(root, path, Value(operation));
            case "move":
                var from = Pointer(operation, "from");
                var moved = Existing(root, from)?.DeepClone();
                return Add(Remove(root, from), path, moved);
            case "copy":
                return Add(root, path, Existing(root, Pointer(operation, "from"))?.DeepClone());
            case "test":
                return JsonNode.DeepEquals(Existing(root, path), operation["value"]) ? root : throw Rejected();
            default:
                throw Rejected();
        }
    }

    private static JsonNode? Value(JsonObject operation) => operation.ContainsKey("value") ? operation["value"]?.DeepClone() : throw Rejected();

    private static string[] Pointer(JsonObject operation, string field)
    {
        var text = operation[field]?.ToString() ?? throw Rejected();
        if (text.Length == 0) return [];
        if (text[0] != '/') throw Rejected();
        return [.. text[1..].Split('/').Select(p => p.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
    }

    private static JsonNode? Existing(JsonNode? root, string[] path)
    {
        var found = Find(root, path, out var there);
        return there ? found : throw Rejected();
    }

    private static JsonNode? Find(JsonNode? node, ReadOnlySpan<string> path, out bool there)
    {
        there = true;
        foreach (var step in path)
        {
            there = node switch
            {
                JsonObject map => map.ContainsKey(step),
                JsonArray list => Index(step, list.Count - 1) >= 0,
                _ => false,
            };
            if (!there) return null;
            node = node is JsonArray items ? items[Index(step, items.Count - 1)] : node![step];
        }
        return node;
    }

    private static JsonNode? Add(JsonNode? root, string[] path, JsonNode? value)
    {
        if (path.Length == 0) return value;
        switch (Existing(root, path[..^1]))
        {
            case JsonObject map:
                map[path[^1]] = value;
                break;
            case JsonArray list:
                var at = path[^1] == "-" ? list.Count : Index(path[^1], list.Count);
                list.Insert(at >= 0 ? at : throw Rejected(), value);
                break;
            default:
                throw Rejected();
        }
        return root;
    }

    private static JsonNode? Replace(JsonNode? root, string[] path, JsonNode? value)
    {
        if (path.Length == 0) return value;
        var parent = Existing(root, path[..^1]);
        if (parent is JsonArray list) list[Index(path[^1], list.Count - 1)] = value;
        else parent![path[^1]] = value;
        return root;
    }

    private static JsonNode? Remove(JsonNode? root, string[] path)
    {
        _ = Existing(root, path);
        if (path.Length == 0) return null;
        var parent = Existing(root, path[..^1]);
        if (parent is JsonArray list) list.RemoveAt(Index(path[^1], list.Count - 1));
        else parent!.AsObject().Remove(path[^1]);
        return root;
    }

    /// <summary>The index that a step means; -1 when it is none up to the last allowed.</summary>
    private static int Index(string step, int last) =>
        int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= last && (step.Length == 1 || step[0] != '0') ? index : -1;

    // Whatever is wrong with an operation, a server says no more than this.
    private static StatusError Rejected() => new(422, "Invalid", "the server rejected our request due to an error in our request") { Details = [] };
}
