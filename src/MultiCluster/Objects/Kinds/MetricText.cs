using MultiCluster.Objects.Json;

namespace MultiCluster.Objects;

/// <summary>The metrics of an autoscaler as kubectl prints them, in whichever version of autoscaling the server sends it.</summary>
/// <remarks><c>formatHPAMetrics</c> in kubernetes <c>pkg/printers/internalversion/printers.go</c>.</remarks>
internal static class MetricText
{
    private const int Shown = 2;
    private const string Unknown = "<unknown>";

    public static string Of(JsonSlice annotations, JsonSlice spec, JsonSlice status)
    {
        var texts = new List<string>();
        if (spec["metrics"u8].IsArray)
            Add(texts, Each(spec["metrics"u8]), Each(status["currentMetrics"u8]));
        else
            AddFirstVersion(texts, annotations, spec, status);
        if (texts.Count == 0)
            return "<none>";
        var text = string.Join(", ", texts.Take(Shown));
        return texts.Count > Shown ? $"{text} + {texts.Count - Shown} more..." : text;
    }

    /// <summary>
    /// autoscaling/v1 has a field for the utilization of CPU; the server keeps all other metrics in an annotation, shaped as in v2beta1,
    /// and the states of all metrics in another one.
    /// </summary>
    private static void AddFirstVersion(List<string> texts, JsonSlice annotations, JsonSlice spec, JsonSlice status)
    {
        var target = spec["targetCPUUtilizationPercentage"u8];
        var current = Each(JsonSlice.Parse(annotations["autoscaling.alpha.kubernetes.io/current-metrics"u8].AsString()));
        if (target.Exists)
            current = current.Where(metric => !metric["type"u8].Is("Resource"u8) || !metric["resource"u8]["name"u8].Is("cpu"u8));
        Add(texts, Each(JsonSlice.Parse(annotations["autoscaling.alpha.kubernetes.io/metrics"u8].AsString())), current);
        if (Percent(target) is { } percent)
            texts.Add($"cpu: {Percent(status["currentCPUUtilizationPercentage"u8]) ?? Unknown}/{percent}");
    }

    private static void Add(List<string> texts, IEnumerable<JsonSlice> metrics, IEnumerable<JsonSlice> currentMetrics)
    {
        using var current = currentMetrics.GetEnumerator();
        foreach (var metric in metrics)
            texts.Add(OfMetric(metric, current.MoveNext() ? current.Current : default));
    }

    private static string OfMetric(JsonSlice metric, JsonSlice current) => metric["type"u8].AsString() switch
    {
        "Resource" => OfResource(metric["resource"u8], current["resource"u8]),
        "ContainerResource" => OfResource(metric["containerResource"u8], current["containerResource"u8]),
        "Pods" => OfValue(metric["pods"u8], current["pods"u8], average: ""),
        "Object" => OfValue(metric["object"u8], current["object"u8], average: " (avg)"),
        "External" => OfValue(metric["external"u8], current["external"u8], average: " (avg)"),
        _ => "<unknown type>",
    };

    // Each field stands first where v2 and v2beta2 have it, then where v2beta1 has it.
    private static string OfResource(JsonSlice metric, JsonSlice current)
    {
        var name = metric["name"u8].AsString();
        if (TargetAverage(metric) is { } value)
            return $"{name}: {CurrentAverage(current) ?? Unknown}/{value}";
        var target = Percent(metric["target"u8]["averageUtilization"u8]) ?? Percent(metric["targetAverageUtilization"u8]);
        var now = Percent(current["current"u8]["averageUtilization"u8]) ?? Percent(current["currentAverageUtilization"u8]);
        return $"{name}: {now ?? Unknown}/{target ?? "<auto>"}";
    }

    private static string OfValue(JsonSlice metric, JsonSlice current, string average)
    {
        if (TargetAverage(metric) is { } value)
            return $"{CurrentAverage(current) ?? Unknown}/{value}{average}";
        var target = metric["target"u8]["value"u8].AsText() ?? metric["targetValue"u8].AsText();
        var now = current["current"u8]["value"u8].AsText() ?? current["currentValue"u8].AsText();
        return $"{now ?? Unknown}/{target ?? Unknown}";
    }

    // The last is how v2beta1 calls it for objects.
    private static string? TargetAverage(JsonSlice metric) =>
        metric["target"u8]["averageValue"u8].AsText() ?? metric["targetAverageValue"u8].AsText() ?? metric["averageValue"u8].AsText();

    private static string? CurrentAverage(JsonSlice current) =>
        current["current"u8]["averageValue"u8].AsText() ?? current["currentAverageValue"u8].AsText() ?? current["averageValue"u8].AsText();

    private static string? Percent(JsonSlice number) => number.AsText() is { } text ? $"{text}%" : null;

    private static IEnumerable<JsonSlice> Each(JsonSlice array)
    {
        foreach (var element in array.Elements)
            yield return element;
    }
}
