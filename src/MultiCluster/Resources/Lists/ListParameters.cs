using System.Globalization;
using System.Text;

namespace MultiCluster.Resources.Lists;

/// <summary>What a request for objects asks for in its address.</summary>
internal static class ListParameters
{
    private const string WholeObject = "includeObject=Object";

    /// <summary>What follows the kind's path for one object.</summary>
    public static string OfOne(ResourceKind kind, string name, bool metadataOnly) =>
        $"/{Uri.EscapeDataString(name)}{(ListAnswer.AsTable(kind, metadataOnly) ? $"?{WholeObject}" : "")}";

    /// <summary>What follows the kind's path for a page of a list.</summary>
    public static string Of(ResourceKind kind, ListQuery query, int limit, string? token)
    {
        var text = new StringBuilder("?limit=").Append(limit.ToString(CultureInfo.InvariantCulture));
        Add(text, "labelSelector", query.LabelSelector);
        Add(text, "fieldSelector", query.FieldSelector);
        Add(text, "continue", token);
        if (ListAnswer.AsTable(kind, query.MetadataOnly))
            text.Append('&').Append(WholeObject);
        return text.ToString();
    }

    private static void Add(StringBuilder text, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            text.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
    }
}
