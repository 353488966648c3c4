using MultiCluster.Objects.Yaml;

namespace MultiCluster.Manifests;

/// <summary>What the objects of a typed list are, which need not say so themselves; empty in a <c>List</c>.</summary>
internal readonly record struct ListKind(string ApiVersion, string Kind)
{
    public static ListKind None { get; } = new("", "");
}

/// <summary>Takes lists apart into the objects that they hold.</summary>
internal static class ListItems
{
    /// <summary>Adds the object, or the objects of the list; one that cannot be read is told, and the others stay.</summary>
    public static void Unfold(YamlJson json, YamlNode given, ListKind list, ManifestPlace place, List<ObjectDocument> objects, int depth)
    {
        var node = json.Mapping.Enter(given);
        if (node.Kind == YamlNodeKind.Mapping && depth < YamlTree.MaxDepth)
        {
            var members = json.Mapping.Members(node);
            var (apiVersion, kind) = (TextOf(members, "apiVersion"), TextOf(members, "kind"));
            if (kind?.EndsWith("List", StringComparison.Ordinal) == true
                && members.FirstOrDefault(static member => member.Key == "items").Value is { Target.Kind: YamlNodeKind.Sequence } items)
            {
                // As kubectl does: an object of a PodList is a Pod.
                var inner = kind == "List" ? ListKind.None : new ListKind(apiVersion ?? "", kind[..^"List".Length]);
                foreach (var item in json.Mapping.Enter(items).Children)
                    UnfoldItem(json, item, inner, place, objects, depth + 1);
                json.Mapping.Leave(items);
            }
            else
            {
                var isBare = list.Kind.Length > 0 && apiVersion is null && kind is null;
                objects.Add(new ObjectDocument(place, json.Of(node, isBare ? [("apiVersion", list.ApiVersion), ("kind", list.Kind)] : [])));
            }
        }
        else
        {
            objects.Add(new ObjectDocument(place, json.Of(node)));
        }

        json.Mapping.Leave(given);
    }

    private static void UnfoldItem(YamlJson json, YamlNode item, ListKind list, ManifestPlace place, List<ObjectDocument> objects, int depth)
    {
        var own = place with { Line = item.Place.Line, Column = item.Place.Column };
        var level = json.Mapping.Level;
        try
        {
            Unfold(json, item, list, own, objects, depth);
        }
        catch (YamlProblemException e)
        {
            json.Mapping.Level = level;
            objects.Add(ObjectDocument.Lost(own, e));
        }
    }

    private static string? TextOf(IReadOnlyList<(string Key, YamlNode Value)> members, string name) =>
        members.FirstOrDefault(member => member.Key == name).Value?.Target is { Kind: YamlNodeKind.Scalar } value && YamlScalar.Of(value) is { Type: ScalarType.Text, Text: var text } ? text : null;
}
