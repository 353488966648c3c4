using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Apply;

/// <summary>What is wrong with an applied value: fields that no schema has, values of another type, two items of one key.</summary>
internal static class TypedCheck
{
    /// <summary>The problems, each with its field; empty for none.</summary>
    public static IReadOnlyList<string> Of(FieldType type, JsonObject value)
    {
        var problems = new List<string>();
        Check(type, value, "", problems);
        return problems;
    }

    private static void Check(FieldType type, JsonNode? value, string path, List<string> problems)
    {
        type = type.For(value);
        if (type.Mismatch(value) is { } problem)
        {
            problems.Add(path.Length == 0 ? problem : $"{path}: {problem}");
            return;
        }
        switch (type, value)
        {
            case (ListType list, JsonArray items):
                CheckItems(list, items, path, problems);
                break;
            case (MapType map, JsonObject fields):
                foreach (var (name, field) in fields)
                {
                    if (map.FieldOrElement(name) is { } inner)
                    {
                        Check(inner, field, $"{path}.{name}", problems);
                        continue;
                    }
                    problems.Add($"{path}.{name}: field not declared in schema");
                    break;
                }
                break;
        }
    }

    private static void CheckItems(ListType list, JsonArray items, string path, List<string> problems)
    {
        var seen = new HashSet<PathElement>();
        for (var i = 0; i < items.Count; i++)
        {
            var element = list.IsAtomic ? null : list.ElementOf(items[i]);
            if (!list.IsAtomic && element is null)
            {
                problems.Add($"{path}: element {i}: {Keyless(list, items[i])}");
                return;
            }
            if (element is not null && !seen.Add(element)) problems.Add($"{path}: duplicate entries for key {element}");
            Check(list.Element, items[i], $"{path}{element?.ToString() ?? $"[{i}]"}", problems);
        }
    }

    private static string Keyless(ListType list, JsonNode? item) => (list.Keys.Count, item) switch
    {
        (0, null) => "associative list without keys has an element that's an explicit null",
        (0, JsonArray) => "not supported: associative list with lists as elements",
        (0, _) => "associative list without keys has an element that's a map type",
        (_, null) => "associative list with keys may not have a null element",
        (_, JsonObject) => $"associative list with keys has an element that omits key field \"{list.Keys[0]}\" (and doesn't have default value)",
        _ => "associative list with keys may not have non-map elements",
    };
}
