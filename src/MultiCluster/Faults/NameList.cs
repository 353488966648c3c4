namespace MultiCluster.Faults;

/// <summary>Names in a sentence.</summary>
internal static class NameList
{
    /// <summary>So many are named, and one more where that is all of them.</summary>
    private const int Named = 3;

    /// <summary><c>a</c>, <c>a and b</c>, <c>a, b and c</c>, <c>a, b, c and 37 more</c>.</summary>
    public static string Of(IReadOnlyList<string> names) => names.Count switch
    {
        0 => "",
        1 => names[0],
        <= Named + 1 => $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}",
        _ => $"{string.Join(", ", names.Take(Named))} and {names.Count - Named} more",
    };
}
