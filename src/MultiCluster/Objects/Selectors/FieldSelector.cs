using System.Collections;
using System.Text;
using System.Text.RegularExpressions;

namespace MultiCluster.Objects.Selectors;

/// <summary>
/// Field selectors: <c>status.phase=Running,spec.nodeName!=node-1</c>. Which fields a kind knows is the server's to say.
/// </summary>
internal static partial class FieldSelector
{
    private const string What = "field selector";

    /// <summary>The selector in its shortest form, for a query string; empty for one that selects everything.</summary>
    /// <exception cref="Faults.FaultException">The text is no field selector (Invalid); says where and why.</exception>
    public static string Validate(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var terms = new List<string>();
        for (var start = 0; start <= text.Length;)
        {
            var end = EndOfTerm(text, start);
            if (!string.IsNullOrWhiteSpace(text[start..end])) // servers skip empty terms
                terms.Add(ReadTerm(text, start, end));
            start = end + 1;
        }

        return string.Join(',', terms);
    }

    /// <summary>The selector of a table: each field has that value.</summary>
    /// <exception cref="Faults.FaultException">A key is no field, or a value is a list (Invalid).</exception>
    public static string From(IDictionary fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var terms = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in fields)
        {
            var key = SelectorValue.Text(entry.Key);
            if (!Field().IsMatch(key))
                throw SelectorFault.In(What, $"'{key}' is no field", SelectorFault.FieldExample);
            if (entry.Value is IEnumerable and not string)
                throw SelectorFault.In(What, $"'{key}' has several values, and fields compare with one", SelectorFault.FieldExample);
            terms[key] = $"{key}={Escape(SelectorValue.Text(entry.Value))}";
        }

        return string.Join(',', terms.Values);
    }

    /// <summary>The selector, and the name of one object; every kind knows that field.</summary>
    internal static string WithName(string? selector, string name)
    {
        var term = $"metadata.name={Escape(name)}";
        return string.IsNullOrEmpty(selector) ? term : $"{selector},{term}";
    }

    /// <summary>A value with what separates terms escaped (apimachinery <c>fields.EscapeValue</c>).</summary>
    internal static string Escape(string value)
    {
        var escaped = new StringBuilder(value.Length);
        foreach (var letter in value)
        {
            if (letter is '\\' or ',' or '=')
                escaped.Append('\\');
            escaped.Append(letter);
        }

        return escaped.ToString();
    }

    /// <summary>The terms of a selector, each <c>field=value</c> or <c>field!=value</c> with its escapes.</summary>
    internal static IEnumerable<string> Terms(string selector)
    {
        var valid = Validate(selector);
        for (var start = 0; start < valid.Length;)
        {
            var end = EndOfTerm(valid, start);
            yield return valid[start..end];
            start = end + 1;
        }
    }

    /// <summary>What <see cref="Escape"/> was given.</summary>
    internal static string Unescape(string value)
    {
        var plain = new StringBuilder(value.Length);
        for (var at = 0; at < value.Length; at++)
            plain.Append(value[at] == '\\' && at + 1 < value.Length ? value[++at] : value[at]);
        return plain.ToString();
    }

    private static int EndOfTerm(string text, int start)
    {
        var at = start;
        while (at < text.Length && text[at] != ',')
            at += text[at] == '\\' ? 2 : 1;
        return Math.Min(at, text.Length);
    }

    private static string ReadTerm(string text, int start, int end)
    {
        var sign = text.AsSpan(start, end - start).IndexOfAny('=', '!');
        var at = sign < 0 ? end : start + sign;
        var length = text.AsSpan(at, end - at) switch
        {
            ['=', '=', ..] or ['!', '=', ..] => 2,
            ['=', ..] => 1,
            _ => throw Wrong(text, at, "expected one of = == !=, the only operators of field selectors"),
        };
        var key = text[start..at].Trim();
        if (!Field().IsMatch(key))
            throw Wrong(text, start, key.Length == 0 ? "expected a field" : $"'{key}' is no field");
        CheckValue(text, at + length, end);
        var value = text[(at + length)..end].Trim();
        return $"{key}{(text[at] == '!' ? "!=" : "=")}{value}";
    }

    private static void CheckValue(string text, int start, int end)
    {
        for (var at = start; at < end; at++)
        {
            if (text[at] == '=')
                throw Wrong(text, at, @"'=' in a value is written \=");
            if (text[at] != '\\')
                continue;
            if (++at >= end || text[at] is not ('\\' or ',' or '='))
                throw Wrong(text, at - 1, @"only \\, \, and \= are escapes");
        }
    }

    private static Faults.FaultException Wrong(string text, int at, string problem) =>
        SelectorFault.At(What, text, at, problem, SelectorFault.FieldExample);

    [GeneratedRegex(@"^[A-Za-z0-9][-A-Za-z0-9_./]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Field();
}
