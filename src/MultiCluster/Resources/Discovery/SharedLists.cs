using MultiCluster.Resources.Json;

namespace MultiCluster.Resources.Discovery;

/// <summary>
/// The lists of one document. Thousands of custom resources have the same verbs, categories and subresources:
/// a list with the text of the one before is that list.
/// </summary>
internal sealed class SharedLists
{
    private (JsonSlice Json, IReadOnlyList<string> Values) _verbs = (default, []);
    private (JsonSlice Json, IReadOnlyList<string> Values) _categories = (default, []);
    private (JsonSlice Json, IReadOnlyList<string> Values) _subresources = (default, []);

    public IReadOnlyList<string> Verbs(JsonSlice array) => Shared(array, ref _verbs, Strings);

    public IReadOnlyList<string> Categories(JsonSlice array) => Shared(array, ref _categories, Strings);

    /// <summary>The names in an array of aggregated subresources.</summary>
    public IReadOnlyList<string> Subresources(JsonSlice array) => Shared(array, ref _subresources, SubresourceNames);

    public static IReadOnlyList<string> Strings(JsonSlice array)
    {
        List<string>? values = null;
        foreach (var element in array.Elements)
        {
            if (element.AsString() is { } text)
                (values ??= []).Add(text);
        }

        return values ?? (IReadOnlyList<string>)[];
    }

    private static List<string> SubresourceNames(JsonSlice array)
    {
        var names = new List<string>();
        foreach (var element in array.Elements)
        {
            if (element["subresource"u8].AsString() is { Length: > 0 } name)
                names.Add(name);
        }

        return names;
    }

    private static IReadOnlyList<string> Shared(
        JsonSlice array,
        ref (JsonSlice Json, IReadOnlyList<string> Values) last,
        Func<JsonSlice, IReadOnlyList<string>> read)
    {
        if (!array.Raw.SequenceEqual(last.Json.Raw))
            last = (array, read(array));
        return last.Values;
    }
}
