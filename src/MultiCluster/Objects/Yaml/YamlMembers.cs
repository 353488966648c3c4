using System.Collections;
using System.Globalization;
using MultiCluster.Objects.Json;

namespace MultiCluster.Objects.Yaml;

/// <summary>A name and its value, a <see cref="JsonSlice"/> or any other.</summary>
internal readonly record struct YamlMember(string Name, object? Value);

/// <summary>The members of whatever is a table, and their order in an object that people read.</summary>
internal static class YamlMembers
{
    private static readonly string[] ServerFields = ["uid", "resourceVersion", "creationTimestamp", "generation", "selfLink"];

    /// <summary>The members in their own order, or null when <paramref name="value"/> is no table.</summary>
    public static List<YamlMember>? Of(object? value)
    {
        var members = new List<YamlMember>();
        switch (value)
        {
            case JsonSlice { IsObject: true } json:
                foreach (var member in json.Members)
                    members.Add(new(member.Name, member.Value));
                return members;
            case IDictionary table:
                foreach (DictionaryEntry entry in table)
                    members.Add(new(Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "", entry.Value));
                return members;
            case IEnumerable<KeyValuePair<string, object?>> pairs:
                foreach (var (name, member) in pairs)
                    members.Add(new(name, member));
                return members;
            default:
                return null;
        }
    }

    /// <summary>The members of an object of a cluster; an element of a typed list has no apiVersion and kind in its JSON.</summary>
    public static List<YamlMember> Of(KubeObject item)
    {
        var members = new List<YamlMember> { new("apiVersion", item.ApiVersion), new("kind", item.Kind) };
        members.AddRange((Of(item.Root) ?? []).Where(member => member.Name is not ("apiVersion" or "kind")));
        return members;
    }

    /// <summary>A Kubernetes object's members, ordered and without what <paramref name="options"/> leave out.</summary>
    public static List<YamlMember> OfObject(List<YamlMember> members, KubeYamlOptions options)
    {
        if (options.DropServerFields)
            members.RemoveAll(member => member.Name == "status");
        return InOrder(members, name => name switch
        {
            "apiVersion" => 0,
            "kind" => 1,
            "metadata" => 2,
            "spec" => 3,
            "status" => 5,
            _ => 4,
        });
    }

    /// <summary>An object's metadata, ordered and without what <paramref name="options"/> leave out.</summary>
    public static List<YamlMember> OfMetadata(List<YamlMember> members, KubeYamlOptions options)
    {
        if (!options.KeepManagedFields)
            members.RemoveAll(member => member.Name == "managedFields");
        if (options.DropServerFields)
            members.RemoveAll(member => ServerFields.Contains(member.Name));
        return InOrder(members, name => name switch
        {
            "name" => 0,
            "namespace" => 1,
            "labels" => 2,
            "annotations" => 3,
            _ => 4,
        });
    }

    // OrderBy is stable: members of the same place keep their own order.
    private static List<YamlMember> InOrder(List<YamlMember> members, Func<string, int> place) =>
        [.. members.OrderBy(member => place(member.Name))];
}
