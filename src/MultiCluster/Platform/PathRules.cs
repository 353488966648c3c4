namespace MultiCluster.Platform;

/// <summary>How paths are written and told apart on Windows and elsewhere. Whose rules hold is said, so that any system can try them.</summary>
internal static class PathRules
{
    /// <summary>
    /// Whether names that differ in capitals alone are one file. On Windows and macOS they are unless somebody has set up a drive or a folder
    /// otherwise; .NET takes them for one as well.
    /// </summary>
    public static bool IgnoresCase(bool windows, bool macOS) => windows || macOS;

    /// <summary>Whether it is more than a name: it says a folder or a drive.</summary>
    public static bool HasFolder(string path, bool windows) => windows ? path.AsSpan().ContainsAny('/', '\\', ':') : path.Contains('/', StringComparison.Ordinal);

    /// <summary>Whether it leads to the same place from everywhere. On Windows <c>\tools</c> and <c>C:tools</c> do not: they belong to a current drive or folder.</summary>
    public static bool IsFullyQualified(string path, bool windows) =>
        windows ? path is [('\\' or '/'), ('\\' or '/'), ..] || (path is [_, ':', ('\\' or '/'), ..] && char.IsAsciiLetter(path[0])) : path is ['/', ..];

    /// <summary>What is in a folder.</summary>
    public static string Join(string folder, string name, bool windows) =>
        folder.Length == 0 || folder[^1] == '/' || (windows && folder[^1] is '\\' or ':') ? folder + name : $"{folder}{(windows ? '\\' : '/')}{name}";

    /// <summary>
    /// The paths of a list, as <c>PATH</c> and <c>KUBECONFIG</c> hold them. Where the separator is Windows' <c>;</c>, quotes hold a path with
    /// one together and are no part of it (Go's filepath.SplitList).
    /// </summary>
    public static IReadOnlyList<string> Split(string? list, char separator)
    {
        var paths = new List<string>();
        var start = 0;
        var quoted = false;
        for (var at = 0; at <= list?.Length; at++)
        {
            if (at < list.Length && (quoted || list[at] != separator))
            {
                quoted ^= separator == ';' && list[at] == '"';
                continue;
            }

            var path = list[start..at];
            paths.Add((separator == ';' ? path.Replace("\"", "", StringComparison.Ordinal) : path).Trim());
            start = at + 1;
        }

        return [.. paths.Where(static path => path.Length > 0)];
    }
}
