using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Attention.Rules;

/// <summary>What rules say of times and ends.</summary>
internal static class ContainerEnd
{
    /// <summary>How a container ended: <c>OOMKilled (exit code 137)</c>.</summary>
    public static string Of(JsonSlice terminated)
    {
        var code = terminated["exitCode"u8].AsInt32();
        return terminated["reason"u8].AsText() is { } reason ? $"{reason} (exit code {code})" : $"exit code {code}";
    }

    /// <summary>When an object was created.</summary>
    public static DateTimeOffset? CreatedAt(KubeObject item) => item.MetadataJson["creationTimestamp"u8].AsTime();
}
