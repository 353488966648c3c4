using System.Collections;

namespace MultiCluster.Objects.Selectors;

/// <summary>Label selectors: <c>app=web,tier!=cache,env in (prod,qa),!legacy</c>.</summary>
internal static class LabelSelector
{
    private const string What = "label selector";

    /// <summary>The selector in its shortest form, for a query string; empty for one that selects everything.</summary>
    /// <exception cref="Faults.FaultException">The text is no label selector (Invalid); says where and why.</exception>
    public static string Validate(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new LabelSelectorParser(text).Parse();
    }

    /// <summary>
    /// The selector of a table: a value selects that value, a list any of its values, null every object that has the label.
    /// </summary>
    /// <exception cref="Faults.FaultException">A key or value can be no label (Invalid).</exception>
    public static string From(IDictionary labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var terms = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in labels)
        {
            var key = SelectorValue.Text(entry.Key);
            if (LabelSyntax.KeyProblem(key) is { } problem)
                throw SelectorFault.In(What, problem, SelectorFault.LabelExample);
            terms[key] = Term(key, entry.Value);
        }

        return string.Join(',', terms.Values);
    }

    private static string Term(string key, object? value) => value switch
    {
        null => key,
        string or not IEnumerable => $"{key}={Checked(key, value)}",
        IEnumerable values => AnyOf(key, [.. values.Cast<object?>().Select(one => Checked(key, one))]),
    };

    private static string AnyOf(string key, IReadOnlyList<string> values) => values.Count == 0
        ? throw SelectorFault.In(What, $"the list of values for '{key}' is empty", SelectorFault.LabelExample)
        : $"{key} in ({string.Join(',', values)})";

    private static string Checked(string key, object? value)
    {
        var text = SelectorValue.Text(value);
        return LabelSyntax.ValueProblem(text) is { } problem
            ? throw SelectorFault.In(What, $"the value for '{key}': {problem}", SelectorFault.LabelExample)
            : text;
    }
}
