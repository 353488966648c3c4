namespace MultiCluster.Module.Commands.Copying;

/// <summary>A path as kubectl cp writes it: <c>[namespace/]pod:path</c>, or one of this machine.</summary>
/// <param name="Text">The whole text.</param>
/// <param name="Namespace">The pod's namespace, where it is said.</param>
/// <param name="Pod">The pod; null for a path of this machine.</param>
/// <param name="Path">The path in the pod, or here.</param>
internal sealed record ItemPath(string Text, string? Namespace, string? Pod, string Path)
{
    /// <summary>Reads it. What stands before the first colon is a pod where it can be the name of one: not in <c>./a:b</c>, <c>C:\x</c> and <c>Temp:\x</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="windows">Whether a single letter is a drive, whatever comes after it.</param>
    public static ItemPath Parse(string text, bool windows)
    {
        var here = new ItemPath(text, null, null, text);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
            return here;
        var path = text[(colon + 1)..];
        if (colon == 1 && (windows || path is ['\\', ..]))
            return here;
        var parts = text[..colon].Split('/');
        return parts.Length <= 2 && parts.All(IsName) ? new ItemPath(text, parts.Length == 2 ? parts[0] : null, parts[^1], path) : here;
    }

    /// <summary>Whether it is the name of an object, maybe with wildcards.</summary>
    private static bool IsName(string text) =>
        text.Length > 0 && text[0] is not ('-' or '.') && text.All(static letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '.' or '*' or '?' or '[' or ']');
}
