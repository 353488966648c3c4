using System.Globalization;
using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Controllers;

/// <summary>How long a pod takes to start and to end: what its annotation says, or the cluster's settings.</summary>
internal static class PodTimes
{
    private const string Never = "never";

    /// <summary>Null for a pod that never ends by itself.</summary>
    public static TimeSpan? TerminationOf(JsonNode pod, ClusterControllers settings) =>
        Of(pod, ClusterControllers.TerminationAnnotation, settings.PodTerminationTime);

    /// <summary>Null for a pod that never becomes ready.</summary>
    public static TimeSpan? StartOf(JsonNode pod, ClusterControllers settings) => Of(pod, ClusterControllers.StartAnnotation, settings.PodStartTime);

    private static TimeSpan? Of(JsonNode pod, string annotation, TimeSpan otherwise)
    {
        if (pod["metadata"]?["annotations"]?[annotation]?.ToString() is not { } text) return otherwise;
        if (text == Never) return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : otherwise;
    }
}
