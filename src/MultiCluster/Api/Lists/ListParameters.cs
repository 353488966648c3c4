using System.Globalization;
using System.Text;
using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Api.Lists;

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
        Add(text, "fieldSelector", query.Name is null ? query.FieldSelector : FieldSelector.WithName(query.FieldSelector, query.Name));
        Add(text, "continue", token);
        if (ListAnswer.AsTable(kind, query.MetadataOnly))
            text.Append('&').Append(WholeObject);
        return text.ToString();
    }

    /// <summary>What follows the kind's path for a watch.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="query">Which of its objects.</param>
    /// <param name="version">The version from which on events are wanted; null together with <paramref name="initialEvents"/>.</param>
    /// <param name="initialEvents">True to have the objects that there are sent first (a streaming list).</param>
    /// <param name="duration">When the server is to end it.</param>
    public static string OfWatch(ResourceKind kind, ListQuery query, string? version, bool initialEvents, TimeSpan duration)
    {
        var text = new StringBuilder("?watch=true&allowWatchBookmarks=true&timeoutSeconds=").Append(((int)duration.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        if (initialEvents)
            text.Append("&sendInitialEvents=true&resourceVersionMatch=NotOlderThan");
        Add(text, "resourceVersion", version);
        Add(text, "labelSelector", query.LabelSelector);
        Add(text, "fieldSelector", query.FieldSelector);
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
