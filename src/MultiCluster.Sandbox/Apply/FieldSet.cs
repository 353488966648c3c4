using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Apply;

/// <summary>
/// A set of fields of an object (structured-merge-diff's fieldpath.Set). A field may be a member, have members below it, or both: owning a map's
/// entry is not owning the map.
/// </summary>
internal sealed class FieldSet
{
    private const string Self = ".";

    private readonly SortedDictionary<PathElement, Node> _nodes = [];

    public static FieldSet Empty { get; } = new();

    public bool IsEmpty => _nodes.Count == 0;

    /// <summary>Reads what <c>fieldsV1</c> says.</summary>
    public static FieldSet Parse(JsonNode? fields)
    {
        var set = new FieldSet();
        if (fields is not JsonObject map) return set;
        foreach (var (text, below) in map)
        {
            if (text == Self || PathElement.Parse(text) is not { } element) continue;
            var content = below as JsonObject ?? [];
            set.Put(element, content.Count == 0 || content.ContainsKey(Self), Parse(content));
        }
        return set;
    }

    public JsonObject ToJson()
    {
        var json = new JsonObject();
        foreach (var (element, node) in _nodes)
        {
            var below = node.Below.ToJson();
            if (node.IsMember && below.Count > 0) below.Insert(0, Self, new JsonObject());
            json[element.Text] = below;
        }
        return json;
    }

    /// <summary>Adds one field. Those above it do not become members.</summary>
    public void Add(ReadOnlySpan<PathElement> path)
    {
        // Nobody owns an object as a whole.
        if (path.IsEmpty) return;
        var node = _nodes.GetValueOrDefault(path[0]) ?? new Node(false, new FieldSet());
        if (path.Length == 1)
        {
            _nodes[path[0]] = node with { IsMember = true };
            return;
        }
        _nodes[path[0]] = node;
        node.Below.Add(path[1..]);
    }

    public bool Has(PathElement element) => _nodes.TryGetValue(element, out var node) && node.IsMember;

    /// <summary>What is below a field.</summary>
    public FieldSet Below(PathElement element) => _nodes.TryGetValue(element, out var node) ? node.Below : Empty;

    public FieldSet Union(FieldSet other)
    {
        var set = new FieldSet();
        foreach (var (element, node) in _nodes) set._nodes[element] = node;
        foreach (var (element, node) in other._nodes)
        {
            set._nodes[element] = set._nodes.TryGetValue(element, out var mine)
                ? new Node(mine.IsMember || node.IsMember, mine.Below.Union(node.Below))
                : node;
        }
        return set;
    }

    public FieldSet Intersection(FieldSet other)
    {
        var set = new FieldSet();
        foreach (var (element, node) in _nodes)
            if (other._nodes.TryGetValue(element, out var its)) set.Put(element, node.IsMember && its.IsMember, node.Below.Intersection(its.Below));
        return set;
    }

    /// <summary>Without the members of another set; what is below those stays.</summary>
    public FieldSet Except(FieldSet other)
    {
        var set = new FieldSet();
        foreach (var (element, node) in _nodes)
        {
            if (other._nodes.TryGetValue(element, out var its)) set.Put(element, node.IsMember && !its.IsMember, node.Below.Except(its.Below));
            else set._nodes[element] = node;
        }
        return set;
    }

    /// <summary>With the fields of structs on the way to its members as members: removing the last item of a list removes the list.</summary>
    public FieldSet WithNamedFields(FieldType? type)
    {
        var set = new FieldSet();
        foreach (var (element, node) in _nodes)
        {
            var named = element.IsField && !node.Below.IsEmpty && type is MapType struc && struc.Fields.ContainsKey(element.Name);
            set.Put(element, node.IsMember || named, node.Below.WithNamedFields(type?.Below(element)));
        }
        return set;
    }

    /// <summary>The members' paths; at each level first those that end there.</summary>
    public IEnumerable<string> Paths(string prefix = "")
    {
        foreach (var (element, node) in _nodes)
            if (node.IsMember) yield return $"{prefix}{element}";
        foreach (var (element, node) in _nodes)
        {
            foreach (var path in node.Below.Paths($"{prefix}{element}")) yield return path;
        }
    }

    private void Put(PathElement element, bool isMember, FieldSet below)
    {
        if (isMember || !below.IsEmpty) _nodes[element] = new Node(isMember, below);
    }

    private sealed record Node(bool IsMember, FieldSet Below);
}
