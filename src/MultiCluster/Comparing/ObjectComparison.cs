using System.Collections.Frozen;
using System.Text;
using System.Text.Json.Nodes;
using MultiCluster.Changes.Editing;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;
using MultiCluster.Resources;
using MultiCluster.Terminal;

namespace MultiCluster.Comparing;

/// <summary>
/// Compares any number of objects of one name, path by path. The elements of a list are the same ones by their keys (<see cref="ElementKeys"/>);
/// where nothing tells them apart, tables are a set, and texts and numbers one value, in their order where that means something.
/// </summary>
/// <param name="values">What values are worth.</param>
/// <param name="all">True to bring what is the same everywhere, too.</param>
internal sealed class ObjectComparison(ValueKey values, bool all)
{
    /// <summary>Objects are no deeper, and a stack ends: what lies below is one value.</summary>
    private const int MaxDepth = 100;

    /// <summary>So many fields that some have and others lack are a row each; of more, the table is one row.</summary>
    private const int FewFields = 4;

    /// <summary>Of an element that is its own name so much is in the path.</summary>
    private const int MostElement = 80;

    /// <summary>Lists whose order means nothing.</summary>
    private static readonly FrozenSet<string> Sets = new[]
    {
        "finalizers", "accessModes", "verbs", "apiGroups", "apiVersions", "resources", "resourceNames", "nonResourceURLs", "operations", "policyTypes", "add", "drop",
        "externalIPs", "loadBalancerSourceRanges", "sourceRanges", "hosts", "cidrs", "except", "categories", "shortNames", "mountOptions", "dnsNames", "ipAddresses",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What containers request, also where others define the kind.</summary>
    private readonly FieldPlace _amounts = FieldPlace.Of(["*"]);

    private readonly List<PathValues> _found = [];

    /// <summary>The paths at which they differ, or all, in the order of the objects' fields.</summary>
    /// <param name="trees">The objects; null for one that is not there, whose fields are nobody's.</param>
    /// <param name="place">The root of the kind's amounts.</param>
    /// <param name="wanted">Paths that alone are compared; none for everything.</param>
    public IReadOnlyList<PathValues> Compare(IReadOnlyList<JsonObject?> trees, FieldPlace? place, IReadOnlyList<WantedPath> wanted)
    {
        _found.Clear();
        Members([.. trees], place, "", wanted.Count == 0 ? null : wanted, MaxDepth);
        return [.. _found];
    }

    private void Visit(JsonNode?[] nodes, FieldPlace? place, string path, string name, IReadOnlyList<WantedPath>? wanted, int depth)
    {
        var there = nodes.OfType<JsonNode>().ToArray();
        if (there.Length == 0)
            return;
        if (depth > 0 && Array.TrueForAll(there, static node => node is JsonObject) && (there.Length == nodes.Length || !IsEnd(wanted) || HaveFewFields(there)))
            Members(nodes, place, path, wanted, depth - 1);
        else if (depth > 0 && Array.TrueForAll(there, static node => node is JsonArray))
            Elements(Array.ConvertAll(nodes, static node => node as JsonArray), place, path, name, wanted, depth - 1);
        else if (IsEnd(wanted))
            Leaf(nodes, Array.ConvertAll(nodes, node => values.Of(node, place)), place, path);
    }

    private void Members(JsonNode?[] nodes, FieldPlace? place, string path, IReadOnlyList<WantedPath>? wanted, int depth)
    {
        foreach (var name in nodes.OfType<JsonObject>().SelectMany(static table => table.Select(static pair => pair.Key)).Distinct(StringComparer.Ordinal))
        {
            var next = Next(wanted, one => one.IsEnd ? [one] : one.Into(name));
            if (next is { Count: 0 })
                continue;
            var inner = place?[name] ?? (values.IsCustom && name is "requests" or "limits" ? _amounts : null);
            Visit(Array.ConvertAll(nodes, node => (node as JsonObject)?[name]), inner, ChangedPaths.Join(path, name), name, next, depth);
        }
    }

    private void Elements(JsonArray?[] lists, FieldPlace? place, string path, string name, IReadOnlyList<WantedPath>? wanted, int depth)
    {
        var elements = lists.OfType<JsonArray>().SelectMany(static list => list).ToArray();
        if (elements.Length == 0)
            return; // to a server an empty list is none
        if (Array.TrueForAll(elements, static element => element is JsonObject))
        {
            if (ElementKeys.Of(lists) is { } keyed)
                Keyed(keyed, place, path, wanted, depth);
            else if (IsEnd(wanted))
                Unkeyed(lists, place, path);
            else
                Placed(lists, place, path, wanted, depth);
        }
        else if (IsEnd(wanted) || wanted!.All(static one => one.IntoElement("", 0) is not null))
        {
            var isSet = Sets.Contains(name);
            Leaf(lists, Array.ConvertAll(lists, list => list is null ? null : isSet ? values.OfSet(list, place) : values.Of(list, place)), place, path);
        }
    }

    private void Keyed(IReadOnlyList<OrderedDictionary<string, JsonObject>> lists, FieldPlace? place, string path, IReadOnlyList<WantedPath>? wanted, int depth)
    {
        var index = 0;
        foreach (var key in lists.SelectMany(static list => list.Keys).Distinct(StringComparer.Ordinal))
        {
            // What is told apart by its name is called by it.
            var shown = key.StartsWith("name=", StringComparison.Ordinal) ? key["name=".Length..] : key;
            var at = index++;
            var next = Next(wanted, one => one.IntoElement(shown, at) is { } into ? [into] : []);
            if (next is { Count: 0 })
                continue;
            JsonNode?[] nodes = [.. lists.Select(list => list.GetValueOrDefault(key))];
            if (Array.TrueForAll(nodes, static node => node is not null) || !IsEnd(next))
                Members(nodes, place, $"{path}[{shown}]", next, depth);
            else
                Leaf(nodes, Array.ConvertAll(nodes, node => values.Of(node, place)), place, $"{path}[{shown}]");
        }
    }

    /// <summary>Tables that nothing tells apart: each is there or not.</summary>
    private void Unkeyed(JsonArray?[] lists, FieldPlace? place, string path)
    {
        var keys = Array.ConvertAll(lists, list => (list ?? []).GroupBy(element => values.Of(element, place)!, StringComparer.Ordinal).ToDictionary(static group => group.Key, static group => group.First(), StringComparer.Ordinal));
        foreach (var key in keys.SelectMany(static list => list.Keys).Distinct(StringComparer.Ordinal))
        {
            JsonNode?[] nodes = Array.ConvertAll(keys, list => list.GetValueOrDefault(key));
            var text = InlineText.Of(Shown(nodes.OfType<JsonNode>().First(), place)).TrimStart('@');
            Leaf(nodes, Array.ConvertAll(nodes, node => node is null ? null : key), place, $"{path}[{TerminalCells.CutEnd(text, MostElement)}]", isPresence: true);
        }
    }

    /// <summary>A part of tables that nothing tells apart but their places.</summary>
    private void Placed(JsonArray?[] lists, FieldPlace? place, string path, IReadOnlyList<WantedPath>? wanted, int depth)
    {
        for (var at = 0; at < lists.Max(static list => list?.Count ?? 0); at++)
        {
            if (Next(wanted, one => one.IntoElement("", at) is { } into ? [into] : []) is { Count: > 0 } next)
                Members(Array.ConvertAll(lists, list => list is not null && at < list.Count ? list[at] : null), place, $"{path}[{at}]", next, depth);
        }
    }

    private void Leaf(IReadOnlyList<JsonNode?> nodes, IReadOnlyList<string?> keys, FieldPlace? place, string path, bool isPresence = false)
    {
        if (all || keys.Distinct(StringComparer.Ordinal).Skip(1).Any())
            _found.Add(new PathValues { Path = path, Values = nodes, Keys = keys, Place = place, IsPresence = isPresence });
    }

    /// <summary>A node as PowerShell sees it.</summary>
    public static object? Shown(JsonNode? node, FieldPlace? place) =>
        node is null ? null : new JsonSlice(Encoding.UTF8.GetBytes(node.ToJsonString()), 0).AsObject(place);

    private static bool IsEnd(IReadOnlyList<WantedPath>? wanted) => wanted is null || wanted.Any(static path => path.IsEnd);

    private static IReadOnlyList<WantedPath>? Next(IReadOnlyList<WantedPath>? wanted, Func<WantedPath, IEnumerable<WantedPath>> step) => wanted is null ? null : [.. wanted.SelectMany(step)];

    private static bool HaveFewFields(JsonNode[] tables) => tables.Sum(Fields) is > 0 and var fields && fields <= FewFields * tables.Length;

    private static int Fields(JsonNode node) => node switch
    {
        JsonObject table => table.Sum(static pair => pair.Value is null ? 0 : Fields(pair.Value)),
        _ => 1,
    };
}
