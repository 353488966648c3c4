using System.Globalization;
using System.Text;

namespace MultiCluster.Resources.Lists;

/// <summary>A list's query string.</summary>
internal static class ListParameters
{
    public static string Of(ResourceKind kind, ListQuery query, int limit, string? token)
    {
        var text = new StringBuilder("?limit=").Append(limit.ToString(CultureInfo.InvariantCulture));
        Add(text, "labelSelector", query.LabelSelector);
        Add(text, "fieldSelector", query.FieldSelector);
        Add(text, "continue", token);
        if (ListAnswer.AsTable(kind, query.MetadataOnly))
            text.Append("&includeObject=Object");
        return text.ToString();
    }

    private static void Add(StringBuilder text, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            text.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
    }
}
