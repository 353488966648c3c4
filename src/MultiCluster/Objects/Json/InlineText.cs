using System.Collections;
using System.Globalization;
using MultiCluster.Terminal;

namespace MultiCluster.Objects.Json;

/// <summary>
/// A part of an object in the form in which PowerShell puts its own objects into a string: <c>@{name=web; ports={80, 443}}</c>. It stands
/// where ConvertTo-Json has come to its -Depth, and says that something was cut; JSON in a string would look like a value of the object.
/// </summary>
internal static class InlineText
{
    /// <summary>Levels that are shown. A server may nest as deep as it likes, and each level is one of the stack.</summary>
    private const int Deepest = 32;

    /// <summary>Levels of a table that a user has made, which may contain itself, and that several times.</summary>
    private const int DeepestTable = 8;

    /// <summary>The text, harmless in a terminal: a JSON text escapes what could act there by itself.</summary>
    public static string Of(object? value) => TerminalText.Visible(Of(value, value is KubeMap or KubeList ? Deepest : DeepestTable));

    private static string Of(object? value, int levels) => value switch
    {
        KubeMap or IList or IDictionary when levels == 0 => "…",
        KubeMap map => $"@{{{string.Join("; ", map.Select(pair => $"{pair.Key}={Of(pair.Value, levels - 1)}"))}}}",
        IDictionary table => $"@{{{string.Join("; ", Entries(table).Select(entry => $"{entry.Key}={Of(entry.Value, levels - 1)}"))}}}",
        IList list => $"{{{string.Join(", ", list.Cast<object?>().Select(item => Of(item, levels - 1)))}}}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static IEnumerable<DictionaryEntry> Entries(IDictionary table)
    {
        foreach (DictionaryEntry entry in table)
            yield return entry;
    }
}
