using System.Collections;
using System.Globalization;

namespace MultiCluster.Objects.Json;

/// <summary>
/// A part of an object in the form in which PowerShell puts its own objects into a string: <c>@{name=web; ports={80, 443}}</c>. It stands
/// where ConvertTo-Json has come to its -Depth, and says that something was cut; JSON in a string would look like a value of the object.
/// </summary>
internal static class InlineText
{
    public static string Of(object? value) => value switch
    {
        KubeMap map => $"@{{{string.Join("; ", map.Select(static pair => $"{pair.Key}={Of(pair.Value)}"))}}}",
        IList list => $"{{{string.Join(", ", list.Cast<object?>().Select(Of))}}}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
