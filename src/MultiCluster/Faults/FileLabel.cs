using MultiCluster.Platform;

namespace MultiCluster.Faults;

/// <summary>A file's base name with some of its parent folders before it, parted by <c>/</c>: the part of an id before its colon.</summary>
internal static class FileLabel
{
    private static readonly StringComparison Comparison =
        PathRules.IgnoresCase(OperatingSystem.IsWindows(), OperatingSystem.IsMacOS()) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>How paths compare on this operating system.</summary>
    public static StringComparer Comparer => StringComparer.FromComparison(Comparison);

    /// <summary>A path, or a part of one, as a key: the same for all that are one file.</summary>
    public static string KeyOf(string path) => Comparison == StringComparison.Ordinal ? path : path.ToUpperInvariant();

    /// <summary>The shortest label of <paramref name="path"/> that is none of <paramref name="others"/>; its whole path when all are.</summary>
    public static string Shortest(string path, IReadOnlyCollection<string> others) => Shortest(path, others, OperatingSystem.IsWindows(), Comparison);

    /// <summary>True when <paramref name="label"/> is one of the labels of <paramref name="path"/>.</summary>
    public static bool Fits(ReadOnlySpan<char> label, string path) => Fits(label, path, OperatingSystem.IsWindows(), Comparison);

    /// <summary>The same by the rules of one system.</summary>
    internal static string Shortest(string path, IReadOnlyCollection<string> others, bool windows, StringComparison comparison)
    {
        var text = TextOf(path, windows);
        for (var start = text.LastIndexOf('/'); start >= 0; start = start == 0 ? -1 : text.LastIndexOf('/', start - 1))
        {
            var label = text[(start + 1)..];
            if (!others.Any(other => Fits(label, other, windows, comparison))) return label;
        }

        return text;
    }

    /// <summary>The same by the rules of one system.</summary>
    internal static bool Fits(ReadOnlySpan<char> label, string path, bool windows, StringComparison comparison)
    {
        var text = TextOf(path, windows);
        return text.AsSpan().EndsWith(label, comparison) && (label.Length == text.Length || (label[0] != '/' && text[^(label.Length + 1)] == '/'));
    }

    /// <summary>A drive's colon would end the label, and so would that of a long path (<c>\\?\C:\</c>).</summary>
    private static string TextOf(string path, bool windows)
    {
        if (!windows) return path;
        var text = path.Replace('\\', '/');
        if (text.StartsWith("//?/UNC/", StringComparison.OrdinalIgnoreCase)) text = $"//{text[8..]}";
        else if (text.StartsWith("//?/", StringComparison.Ordinal) || text.StartsWith("//./", StringComparison.Ordinal)) text = text[4..];
        return text is [_, ':', ..] ? text.Remove(1, 1) : text;
    }
}
