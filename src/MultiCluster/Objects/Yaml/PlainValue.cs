using System.Collections;
using System.Globalization;
using MultiCluster.Objects.Json;

namespace MultiCluster.Objects.Yaml;

/// <summary>What a value of .NET or of a JSON text is, to whoever writes it down.</summary>
internal static class PlainValue
{
    /// <summary>
    /// JSON wrappers become the slice beneath; its texts, booleans and nulls become .NET's. Numbers stay JSON, to lose no digit.
    /// </summary>
    public static object? Of(object? value)
    {
        var json = value switch
        {
            KubeMap map => map.Json,
            KubeList list => list.Json,
            JsonSlice slice => slice,
            _ => (JsonSlice?)null,
        };
        if (json is not { } found)
            return value;
        if (!found.Exists)
            return null;
        return found.IsObject || found.IsArray || found.Raw[0] is (byte)'-' or (>= (byte)'0' and <= (byte)'9') ? found : found.AsObject();
    }

    /// <summary>The elements of a list; null when <paramref name="value"/> is none.</summary>
    public static List<object?>? Elements(object? value)
    {
        switch (value)
        {
            case JsonSlice { IsArray: true } json:
                var elements = new List<object?>();
                foreach (var element in json.Elements)
                    elements.Add(element);
                return elements;
            case string or JsonSlice:
                return null;
            case IEnumerable values:
                return [.. values.Cast<object?>()];
            default:
                return null;
        }
    }

    /// <summary>The text of a single value: a time as servers write it, a number in no language.</summary>
    public static string Text(object? value) => Of(value) switch
    {
        DateTime time => Time(time.ToUniversalTime()),
        DateTimeOffset time => Time(time.UtcDateTime),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        var other => other?.ToString() ?? "",
    };

    private static string Time(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
