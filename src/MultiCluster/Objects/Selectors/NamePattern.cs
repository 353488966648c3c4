using System.Text;

namespace MultiCluster.Objects.Selectors;

/// <summary>
/// A name with PowerShell's wildcards: <c>*</c>, <c>?</c>, <c>[a-z]</c>, and the backtick to take the next character as it is.
/// Case does not matter to wildcards. A bracket that is never closed, or has nothing in it, is a bracket.
/// </summary>
internal sealed class NamePattern : IEquatable<NamePattern>
{
    private readonly List<Element> _elements = [];

    /// <summary>Takes <paramref name="pattern"/> apart; every text is a pattern.</summary>
    public NamePattern(string pattern)
    {
        Pattern = pattern;
        var literal = new StringBuilder(pattern.Length);
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '*':
                    _elements.Add(new Element(ElementKind.Any));
                    break;
                case '?':
                    _elements.Add(new Element(ElementKind.One));
                    break;
                case '[' when ClosingBracket(pattern, i) is var end and > 0:
                    _elements.Add(new Element(ElementKind.Set, Set: Ranges(pattern, i + 1, end)));
                    i = end;
                    break;
                default:
                    if (pattern[i] == '`' && i + 1 < pattern.Length) i++;
                    _elements.Add(new Element(ElementKind.Character, pattern[i]));
                    literal.Append(pattern[i]);
                    break;
            }
        }

        Literal = literal.Length == _elements.Count ? literal.ToString() : null;
    }

    private enum ElementKind
    {
        Character,
        One,
        Any,
        Set,
    }

    /// <summary>The pattern as it was written.</summary>
    public string Pattern { get; }

    /// <summary>The one name it means when it has no wildcard, without its backticks; else null.</summary>
    public string? Literal { get; }

    /// <summary>The pattern that means exactly <paramref name="name"/>.</summary>
    public static string Escape(string name)
    {
        var escaped = new StringBuilder(name.Length + 2);
        foreach (var character in name)
        {
            if (character is '*' or '?' or '[' or ']' or '`') escaped.Append('`');
            escaped.Append(character);
        }

        return escaped.ToString();
    }

    /// <summary>
    /// The items that <paramref name="pattern"/> means. Those that bear it as their exact name, case and all, come alone, so that a context
    /// named <c>[x]</c> or <c>a*</c> can be had as it is; without any, the pattern's wildcards decide.
    /// </summary>
    public static IReadOnlyList<T> Select<T>(string pattern, IReadOnlyCollection<T> items, Func<T, IEnumerable<string>> names)
    {
        var parsed = new NamePattern(pattern);
        T[] exact = [.. items.Where(item => names(item).Any(parsed.IsExactly))];
        return exact.Length > 0 ? exact : [.. items.Where(item => names(item).Any(parsed.IsMatch))];
    }

    /// <summary>True when the pattern, as it was written or without its backticks, is <paramref name="name"/>, case and all.</summary>
    public bool IsExactly(string name) =>
        string.Equals(name, Pattern, StringComparison.Ordinal) || string.Equals(name, Literal, StringComparison.Ordinal);

    /// <summary>True when <paramref name="name"/> fits the wildcards.</summary>
    public bool IsMatch(string name)
    {
        var (at, element) = (0, 0);
        var (restartAt, restartElement) = (0, -1);
        while (at < name.Length)
        {
            if (element < _elements.Count && _elements[element].Kind == ElementKind.Any)
            {
                (restartAt, restartElement) = (at, ++element);
            }
            else if (element < _elements.Count && _elements[element].Fits(name[at]))
            {
                at++;
                element++;
            }
            else if (restartElement >= 0)
            {
                // Let the last star take one character more: no other choice needs to be taken back.
                at = ++restartAt;
                element = restartElement;
            }
            else
            {
                return false;
            }
        }

        while (element < _elements.Count && _elements[element].Kind == ElementKind.Any) element++;
        return element == _elements.Count;
    }

    /// <inheritdoc/>
    public bool Equals(NamePattern? other) => other is not null && string.Equals(Pattern, other.Pattern, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NamePattern);

    /// <inheritdoc/>
    public override int GetHashCode() => Pattern.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Pattern;

    private static int ClosingBracket(string pattern, int open)
    {
        for (var i = open + 1; i < pattern.Length; i++)
        {
            if (pattern[i] == '`') i++;
            else if (pattern[i] == ']') return i > open + 1 ? i : -1;
        }

        return -1;
    }

    private static List<(char From, char To)> Ranges(string pattern, int start, int end)
    {
        var ranges = new List<(char, char)>();
        for (var i = start; i < end; i++)
        {
            var from = Character(ref i);
            var to = from;
            if (i + 2 < end && pattern[i + 1] == '-')
            {
                i += 2;
                to = Character(ref i);
            }

            ranges.Add((from, to));
        }

        return ranges;

        char Character(ref int i) => pattern[i] == '`' ? pattern[++i] : pattern[i];
    }

    private readonly record struct Element(ElementKind Kind, char Character = '\0', List<(char From, char To)>? Set = null)
    {
        public bool Fits(char character)
        {
            if (Kind == ElementKind.One) return true;
            var (upper, lower) = (char.ToUpperInvariant(character), char.ToLowerInvariant(character));
            return Kind == ElementKind.Set
                ? Set!.Exists(range => Within(range, upper) || Within(range, lower))
                : char.ToUpperInvariant(Character) == upper;
        }

        private static bool Within((char From, char To) range, char character) => character >= range.From && character <= range.To;
    }
}
