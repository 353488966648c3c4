using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MultiCluster.Sandbox.Tables;

/// <summary>The JSONPaths that printer columns use: <c>.a.b</c>, <c>['a.b']</c>, <c>[0]</c>, <c>[*]</c>, <c>[?(@.type=="Ready")]</c>.</summary>
internal static partial class JsonPath
{
    public static IReadOnlyList<JsonElement> Evaluate(JsonElement root, string path)
    {
        List<JsonElement> found = [root];
        foreach (Match step in Step().Matches(path)) found = [.. found.SelectMany(e => Take(e, step))];
        return found;
    }

    private static IEnumerable<JsonElement> Take(JsonElement element, Match step)
    {
        if (step.Groups["name"] is { Success: true } name)
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name.Value.Replace("\\.", ".", StringComparison.Ordinal), out var value)
                ? [value]
                : [];
        }
        if (element.ValueKind != JsonValueKind.Array) return [];
        if (step.Groups["all"].Success) return element.EnumerateArray();
        if (step.Groups["index"] is { Success: true } index) return element.EnumerateArray().Skip(int.Parse(index.Value, CultureInfo.InvariantCulture)).Take(1);
        return element.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.Object
            && e.TryGetProperty(step.Groups["key"].Value, out var value) && value.ToString() == step.Groups["equals"].Value);
    }

    [GeneratedRegex(
        """\.(?<name>(?:\\\.|[^.\[\]])+)|\['(?<name>[^']+)'\]|\[(?<index>\d+)\]|(?<all>\[\*\])|\[\?\(@\.(?<key>\w+)\s*==\s*["'](?<equals>[^"']*)["']\)\]""",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Step();
}
