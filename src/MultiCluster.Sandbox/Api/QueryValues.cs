using System.Globalization;

namespace MultiCluster.Sandbox.Api;

/// <summary>Query parameters as a server converts them.</summary>
internal static class QueryValues
{
    /// <summary>A switch: what is neither absent nor <c>false</c> nor <c>0</c> is true.</summary>
    public static bool Flag(this IQueryCollection query, string name) => query.OptionalFlag(name) ?? false;

    /// <summary>A switch, or null when it is absent.</summary>
    public static bool? OptionalFlag(this IQueryCollection query, string name) =>
        query.TryGetValue(name, out var value) ? !(value[0] == "0" || string.Equals(value[0], "false", StringComparison.OrdinalIgnoreCase)) : null;

    /// <summary>A whole number, or null when it is absent.</summary>
    /// <exception cref="StatusError">It is no number.</exception>
    public static long? Number(this IQueryCollection query, string name)
    {
        var text = query[name].ToString();
        if (text.Length == 0) return null;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw StatusError.BadRequest($"strconv.ParseInt: parsing \"{text}\": invalid syntax");
    }
}
