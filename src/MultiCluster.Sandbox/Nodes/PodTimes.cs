using System.Globalization;
using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Nodes;

/// <summary>How long a pod takes to start and to end: what its annotation says, or the cluster's settings.</summary>
internal sealed class PodTimes
{
    public const string TerminationAnnotation = "sandbox.multicluster.example/termination-seconds";
    public const string StartAnnotation = "sandbox.multicluster.example/start-seconds";

    public const string RunAnnotation = "sandbox.multicluster.example/run-seconds";
    public const string ExitAnnotation = "sandbox.multicluster.example/exit-code";
    public const string UnpullableImage = "registry.example.com/no-such-image";

    private const string Never = "never";

    public TimeSpan Termination { get; set; } = TimeSpan.FromSeconds(1);

    public TimeSpan Start { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Null for a pod that never ends by itself.</summary>
    public TimeSpan? TerminationOf(JsonNode pod) => Of(pod, TerminationAnnotation, Termination);

    /// <summary>Null for a pod that never becomes ready.</summary>
    public TimeSpan? StartOf(JsonNode pod) => Of(pod, StartAnnotation, Start);

    /// <summary>How long its containers run before they end; null for ever.</summary>
    public static TimeSpan? RunOf(JsonNode pod) => pod["metadata"]?["annotations"]?[RunAnnotation] is null ? null : Of(pod, RunAnnotation, TimeSpan.Zero);

    /// <summary>With which exit code they end.</summary>
    public static int ExitOf(JsonNode pod) => int.TryParse(pod["metadata"]?["annotations"]?[ExitAnnotation]?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : 0;

    public static bool IsUnpullable(JsonNode? image) => image?.ToString().StartsWith(UnpullableImage, StringComparison.Ordinal) == true;

    private static TimeSpan? Of(JsonNode pod, string annotation, TimeSpan otherwise)
    {
        if (pod["metadata"]?["annotations"]?[annotation]?.ToString() is not { } text) return otherwise;
        if (text == Never) return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : otherwise;
    }
}
