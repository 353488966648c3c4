using System.Diagnostics.CodeAnalysis;

namespace MultiCluster.Copying.Local;

/// <summary>The name of an archive's entry, taken apart: whoever wrote it may have meant harm.</summary>
internal static class EntryPath
{
    /// <summary>The folders and the name below what was asked for; none for that itself.</summary>
    /// <param name="name">The entry's name.</param>
    /// <param name="root">The name that was asked for; <c>.</c> for what is in a folder.</param>
    /// <param name="windows">Whether Windows' rules for names hold.</param>
    /// <param name="parts">The folders and the name.</param>
    /// <param name="problem">Why it may not be written, otherwise.</param>
    public static bool TryParse(string name, string root, bool windows, [NotNullWhen(true)] out string[]? parts, [NotNullWhen(false)] out string? problem)
    {
        var all = name.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(static part => part != ".").ToArray();
        problem = name switch
        {
            ['/', ..] => "its name is absolute",
            _ when all.Contains("..") => "its name leads out with ..",
            _ when name.Contains('\uFFFD', StringComparison.Ordinal) => "its name is no UTF-8",
            _ when root != "." && (all.Length == 0 || all[0] != root) => "it was not asked for",
            _ => null,
        };
        parts = problem is null ? root == "." ? all : all[1..] : null;
        if (parts is not null && !parts.All(part => LocalNames.IsLegal(part, windows)))
            (problem, parts) = ("this system takes no such name", null);
        return parts is not null;
    }

    /// <summary>
    /// Whether a link leads to something below what was asked for, wherever it is copied to. A name that goes up again after it has gone down
    /// may do so through another link.
    /// </summary>
    /// <param name="target">Where the link leads.</param>
    /// <param name="depth">The folders in which it lies, below what was asked for.</param>
    /// <param name="windows">Whether Windows' rules for names hold.</param>
    public static bool StaysInside(string target, int depth, bool windows)
    {
        if (target.Length == 0 || target[0] == '/' || target.Contains('\0', StringComparison.Ordinal) || (windows && target.AsSpan().ContainsAny('\\', ':')))
            return false;
        var parts = target.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(static part => part != ".").ToArray();
        var up = parts.TakeWhile(static part => part == "..").Count();
        return up <= depth && !parts.Skip(up).Contains("..");
    }
}
