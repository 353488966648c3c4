using MultiCluster.Resources.Json;

namespace MultiCluster.Resources;

/// <summary>The metrics of an autoscaler as kubectl prints them.</summary>
/// <remarks><c>formatHPAMetrics</c> in kubernetes <c>pkg/printers/internalversion/printers.go</c>.</remarks>
internal static class MetricText
{
    private const int Shown = 2;
    private const string Unknown = "<unknown>";

    public static string Of(JsonSlice spec, JsonSlice status)
    {
        var texts = new List<string>();
        using var current = Each(status["currentMetrics"u8]).GetEnumerator();
        foreach (var metric in Each(spec["metrics"u8]))
            texts.Add(OfMetric(metric, current.MoveNext() ? current.Current : default));

        // autoscaling/v1 has one target, and no list.
        if (texts.Count == 0 && spec["targetCPUUtilizationPercentage"u8].AsText() is { } target)
            texts.Add($"cpu: {Percent(status["currentCPUUtilizationPercentage"u8]) ?? Unknown}/{target}%");
        if (texts.Count == 0)
            return "<none>";
        var text = string.Join(", ", texts.Take(Shown));
        return texts.Count > Shown ? $"{text} + {texts.Count - Shown} more..." : text;
    }

    private static string OfMetric(JsonSlice metric, JsonSlice current) => metric["type"u8].AsString() switch
    {
        "Resource" => OfResource(metric["resource"u8], current["resource"u8]["current"u8]),
        "ContainerResource" => OfResource(metric["containerResource"u8], current["containerResource"u8]["current"u8]),
        "Pods" => OfValue(metric["pods"u8]["target"u8], current["pods"u8]["current"u8], average: ""),
        "Object" => OfValue(metric["object"u8]["target"u8], current["object"u8]["current"u8], average: " (avg)"),
        "External" => OfValue(metric["external"u8]["target"u8], current["external"u8]["current"u8], average: " (avg)"),
        _ => "<unknown type>",
    };

    private static string OfResource(JsonSlice metric, JsonSlice current)
    {
        var target = metric["target"u8];
        var name = metric["name"u8].AsString();
        return target["averageValue"u8].AsText() is { } value
            ? $"{name}: {current["averageValue"u8].AsText() ?? Unknown}/{value}"
            : $"{name}: {Percent(current["averageUtilization"u8]) ?? Unknown}/{Percent(target["averageUtilization"u8]) ?? "<auto>"}";
    }

    private static string OfValue(JsonSlice target, JsonSlice current, string average) => target["averageValue"u8].AsText() is { } value
        ? $"{current["averageValue"u8].AsText() ?? Unknown}/{value}{average}"
        : $"{current["value"u8].AsText() ?? Unknown}/{target["value"u8].AsText() ?? Unknown}";

    private static string? Percent(JsonSlice number) => number.AsText() is { } text ? $"{text}%" : null;

    private static IEnumerable<JsonSlice> Each(JsonSlice array)
    {
        foreach (var element in array.Elements)
            yield return element;
    }
}
