using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Workloads;

/// <summary>A condition in words.</summary>
internal static class ConditionText
{
    /// <summary><c>Ready is False: MinimumReplicasUnavailable (Deployment does not have minimum availability.)</c>.</summary>
    public static string Of(string type, JsonSlice condition) => $"{type} is {condition["status"u8].AsText() ?? "not set"}{Why(condition)}";

    /// <summary>Its reason and message, as far as it has them, to follow what they explain.</summary>
    public static string Why(JsonSlice condition) => (condition["reason"u8].AsText(), condition["message"u8].AsText()) switch
    {
        (null, null) => "",
        (null, { } message) => $": {message.TrimEnd('.')}",
        ({ } reason, null) => $": {reason}",
        var (reason, message) => $": {reason} ({message})",
    };
}
