using System.Globalization;
using System.Text;

namespace MultiCluster.Objects.Paths;

/// <summary>A step of a <see cref="PropertyPath"/>: a name, or the place of an element; a name in quotes or brackets is never joined with others.</summary>
internal readonly record struct PathStep(string Name, int? Index, bool IsQuoted);

/// <summary>
/// A path as it is written where PowerShell takes a property's name: <c>spec.nodeName</c>, <c>spec.containers[0].image</c> or
/// <c>spec.containers.0.image</c>, <c>metadata.labels['app.kubernetes.io/name']</c>. It is data: nothing of it runs.
/// </summary>
internal sealed class PropertyPath
{
    private PropertyPath(PathStep[] steps) => Steps = steps;

    public IReadOnlyList<PathStep> Steps { get; }

    /// <summary>The path that is written so; null for a plain name and for what is no path.</summary>
    public static PropertyPath? Parse(string text)
    {
        if (text.AsSpan().IndexOfAny('.', '[') < 0)
            return null;
        var steps = new List<PathStep>();
        var rest = text.AsSpan();
        while (Take(ref rest) is { } step)
        {
            steps.Add(step);
            if (rest.IsEmpty)
                return steps.Count > 1 ? new([.. steps]) : null;
            if (rest[0] == '.')
                rest = rest[1..];
            else if (!IsBracket(rest))
                return null;
        }

        return null;
    }

    private static PathStep? Take(ref ReadOnlySpan<char> rest)
    {
        if (IsBracket(rest))
            return TakeBracket(ref rest);
        if (rest is ['\'' or '"', ..])
            return TakeQuoted(ref rest) is { } quoted ? new(quoted, null, true) : null;
        var end = rest.IndexOfAny('.', '[', '`');
        var name = (end < 0 ? rest : rest[..end]).ToString();
        rest = rest[name.Length..];
        if (name.Length == 0)
            return null;
        return new(name, int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null, false);
    }

    /// <summary>A bracket may be written with a backtick, without which Select-Object takes it for a wildcard.</summary>
    private static bool IsBracket(ReadOnlySpan<char> rest) => rest is ['[', ..] or ['`', '[', ..];

    private static PathStep? TakeBracket(ref ReadOnlySpan<char> rest)
    {
        rest = rest[(rest[0] == '`' ? 2 : 1)..];
        PathStep step;
        if (rest is ['\'' or '"', ..])
        {
            if (TakeQuoted(ref rest) is not { } key)
                return null;
            step = new(key, null, true);
        }
        else
        {
            var end = rest.IndexOfAny('`', ']');
            if (end < 0 || !int.TryParse(rest[..end], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index))
                return null;
            step = new(rest[..end].ToString(), index, true);
            rest = rest[end..];
        }

        if (rest is ['`', ..])
            rest = rest[1..];
        if (rest is not [']', ..])
            return null;
        rest = rest[1..];
        return step;
    }

    /// <summary>A text in quotes, in which two of them stand for one.</summary>
    private static string? TakeQuoted(ref ReadOnlySpan<char> rest)
    {
        var quote = rest[0];
        var text = new StringBuilder();
        for (var at = 1; at < rest.Length; at++)
        {
            if (rest[at] != quote)
            {
                text.Append(rest[at]);
            }
            else if (at + 1 < rest.Length && rest[at + 1] == quote)
            {
                text.Append(rest[at++]);
            }
            else
            {
                rest = rest[(at + 1)..];
                return text.ToString();
            }
        }

        return null;
    }
}
