namespace MultiCluster.Faults;

/// <summary>A file's base name with some of its parent folders before it, parted by <c>/</c>: the part of an id before its colon.</summary>
internal static class FileLabel
{
    private static readonly StringComparison Comparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>How paths compare on this operating system.</summary>
    public static StringComparer Comparer => StringComparer.FromComparison(Comparison);

    /// <summary>The shortest label of <paramref name="path"/> that is none of <paramref name="others"/>; its whole path when all are.</summary>
    public static string Shortest(string path, IReadOnlyCollection<string> others)
    {
        var text = TextOf(path);
        for (var start = text.LastIndexOf('/'); start >= 0; start = start == 0 ? -1 : text.LastIndexOf('/', start - 1))
        {
            var label = text[(start + 1)..];
            if (!others.Any(other => Fits(label, other))) return label;
        }

        return text;
    }

    /// <summary>True when <paramref name="label"/> is one of the labels of <paramref name="path"/>.</summary>
    public static bool Fits(ReadOnlySpan<char> label, string path)
    {
        var text = TextOf(path);
        return text.AsSpan().EndsWith(label, Comparison) && (label.Length == text.Length || (label[0] != '/' && text[^(label.Length + 1)] == '/'));
    }

    /// <summary>A drive's colon would end the label.</summary>
    private static string TextOf(string path)
    {
        if (!OperatingSystem.IsWindows()) return path;
        var text = path.Replace('\\', '/');
        return text is [_, ':', ..] ? text.Remove(1, 1) : text;
    }
}
