using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Attention.Rules;

/// <summary>What the rules about pods read of a pod's status.</summary>
internal static class PodConditions
{
    /// <summary>What STATUS says of a pod whose container crashes again and again.</summary>
    public const string CrashLoop = "CrashLoopBackOff";

    private const string Init = "Init:";

    /// <summary>STATUS without the mark of init containers.</summary>
    public static string Trouble(KubePod pod) => pod.State is var state && state.StartsWith(Init, StringComparison.Ordinal) ? state[Init.Length..] : state;

    /// <summary>True for a pod of which nobody expects more: it has ended, or somebody has asked for its end.</summary>
    public static bool IsOver(KubePod pod) => pod.IsDeleted || pod.StatusJson["phase"u8] is var phase && (phase.Is("Succeeded"u8) || phase.Is("Failed"u8));

    /// <summary>The container that waits for that reason, of init containers first; one that does not exist where none does.</summary>
    public static JsonSlice WaitingFor(KubePod pod, string reason)
    {
        var status = pod.StatusJson;
        return In(status["initContainerStatuses"u8], reason) is { Exists: true } found ? found : In(status["containerStatuses"u8], reason);
    }

    /// <summary>Since when the pod is not ready, as it says; else since when it exists.</summary>
    public static DateTimeOffset? NotReadySince(KubePod pod) =>
        pod.StatusJson["conditions"u8].OfType("Ready"u8)["lastTransitionTime"u8].AsTime() ?? CreatedAt(pod);

    /// <summary>When an object was created.</summary>
    public static DateTimeOffset? CreatedAt(KubeObject item) => item.MetadataJson["creationTimestamp"u8].AsTime();

    /// <summary>How a container ended: <c>OOMKilled (exit code 137)</c>.</summary>
    public static string EndOf(JsonSlice terminated)
    {
        var code = terminated["exitCode"u8].AsInt32();
        return terminated["reason"u8].AsText() is { } reason ? $"{reason} (exit code {code})" : $"exit code {code}";
    }

    private static JsonSlice In(JsonSlice statuses, string reason)
    {
        foreach (var container in statuses.Elements)
        {
            if (container["state"u8]["waiting"u8]["reason"u8].AsText() == reason)
                return container;
        }

        return default;
    }
}
