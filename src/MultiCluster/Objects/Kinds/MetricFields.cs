using MultiCluster.Objects.Json;

namespace MultiCluster.Objects;

/// <summary>What all metrics say of their measurement.</summary>
internal static class MetricFields
{
    public static DateTime? Timestamp(JsonSlice root) => root["timestamp"u8].AsLocalTime();

    public static TimeSpan? Window(JsonSlice root) =>
        GoDuration.TryParse(root["window"u8].AsText(), out var nanoseconds) ? TimeSpan.FromTicks(nanoseconds / 100) : null;
}
