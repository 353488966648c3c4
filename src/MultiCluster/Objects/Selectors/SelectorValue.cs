using System.Globalization;

namespace MultiCluster.Objects.Selectors;

/// <summary>A value as selectors write it: <c>true</c> in lower case, numbers without regard to the culture.</summary>
internal static class SelectorValue
{
    public static string Text(object? value) => value switch
    {
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
