using System.Text.Json.Nodes;

namespace MultiCluster.Comparing.Normalizing;

/// <summary>A place in the objects of a kind, and what a server fills in below it where nobody says anything. A list is the place of its elements.</summary>
internal sealed class DefaultPlace
{
    private readonly Dictionary<string, DefaultPlace> _fields = new(StringComparer.Ordinal);
    private JsonNode? _default;

    /// <summary>The root of a kind whose defaults are these: a path of names with <c>/</c> between them and <c>|</c> between alternatives, a blank, and the value as JSON.</summary>
    public static DefaultPlace Of(IEnumerable<string> lines)
    {
        var root = new DefaultPlace();
        foreach (var line in lines)
        {
            var blank = line.IndexOf(' ', StringComparison.Ordinal);
            root.Add(line[..blank].Split('/'), JsonNode.Parse(line[(blank + 1)..])!);
        }

        return root;
    }

    /// <summary>Fills in what is not there, in tables that are.</summary>
    public void Fill(JsonNode? value)
    {
        switch (value)
        {
            case JsonArray list:
                foreach (var element in list)
                    Fill(element);
                break;
            case JsonObject table:
                foreach (var (name, place) in _fields)
                {
                    if (place._default is not null && table[name] is null)
                        table[name] = place._default.DeepClone();
                    place.Fill(table[name]);
                }

                break;
        }
    }

    private void Add(ReadOnlySpan<string> path, JsonNode value)
    {
        if (path is not [var names, .. var rest])
        {
            _default = value;
            return;
        }

        foreach (var name in names.Split('|'))
        {
            if (!_fields.TryGetValue(name, out var place))
                _fields.Add(name, place = new());
            place.Add(rest, value);
        }
    }
}
