using MultiCluster.Objects.Json;

namespace MultiCluster.Api.Discovery;

/// <summary>
/// The lists of one document. Most resources have the same verbs and categories: a list with the text of the one before is that list.
/// </summary>
internal sealed class SharedLists
{
    private (JsonSlice Json, IReadOnlyList<string> Values) _verbs = (default, []);
    private (JsonSlice Json, IReadOnlyList<string> Values) _categories = (default, []);

    public IReadOnlyList<string> Verbs(JsonSlice array) => Shared(array, ref _verbs);

    public IReadOnlyList<string> Categories(JsonSlice array) => Shared(array, ref _categories);

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

    private static IReadOnlyList<string> Shared(JsonSlice array, ref (JsonSlice Json, IReadOnlyList<string> Values) last)
    {
        if (!array.Raw.SequenceEqual(last.Json.Raw))
            last = (array, Strings(array));
        return last.Values;
    }
}
