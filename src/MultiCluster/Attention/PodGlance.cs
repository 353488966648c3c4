using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Attention;

/// <summary>What the rules about pods look at, read in one go: most pods are well, and are to cost next to nothing.</summary>
internal sealed class PodGlance
{
    private const string Init = "Init:";

    private readonly JsonSlice _statuses;
    private readonly JsonSlice _initStatuses;

    /// <summary>Looks at a pod.</summary>
    public PodGlance(KubePod pod)
    {
        Pod = pod;
        foreach (var member in pod.StatusJson.Members)
        {
            if (member.NameIs("phase"u8))
                Phase = member.Value;
            else if (member.NameIs("conditions"u8))
                Conditions = member.Value;
            else if (member.NameIs("containerStatuses"u8))
                _statuses = member.Value;
            else if (member.NameIs("initContainerStatuses"u8))
                _initStatuses = member.Value;
        }

        ReadyCondition = Conditions.OfType("Ready"u8);
        IsReady = ReadyCondition["status"u8].Is("True"u8);
    }

    /// <summary>The pod.</summary>
    public KubePod Pod { get; }

    /// <summary>Its phase.</summary>
    public JsonSlice Phase { get; }

    /// <summary>Its conditions.</summary>
    public JsonSlice Conditions { get; }

    /// <summary>The condition Ready.</summary>
    public JsonSlice ReadyCondition { get; }

    /// <summary>True when it says that it is ready: none of its containers waits for anything then.</summary>
    public bool IsReady { get; }

    /// <summary>STATUS without the mark of init containers.</summary>
    public string Trouble => field ??= Pod.State is var state && state.StartsWith(Init, StringComparison.Ordinal) ? state[Init.Length..] : state;

    /// <summary>True for a pod of which nobody expects more: it has ended, or somebody has asked for its end.</summary>
    public bool IsOver => Pod.IsDeleted || Phase.Is("Succeeded"u8) || Phase.Is("Failed"u8);

    /// <summary>Since when the pod is not ready, as it says; else since when it exists.</summary>
    public DateTimeOffset? NotReadySince => ReadyCondition["lastTransitionTime"u8].AsTime() ?? Pod.MetadataJson["creationTimestamp"u8].AsTime();

    /// <summary>How often its containers were started again, init containers among them.</summary>
    public long Restarts => Count(_initStatuses) + Count(_statuses);

    /// <summary>The container that waits for that reason, of init containers first; one that does not exist where none does.</summary>
    public JsonSlice WaitingFor(string reason) => Waiting(_initStatuses, reason) is { Exists: true } found ? found : Waiting(_statuses, reason);

    /// <summary>The container that ended last before it was started again, and when; one that does not exist where none did.</summary>
    public (JsonSlice Container, DateTimeOffset? Ended) LastEnded()
    {
        JsonSlice found = default;
        DateTimeOffset? at = null;
        foreach (var container in _initStatuses.Elements)
            Take(container);
        foreach (var container in _statuses.Elements)
            Take(container);
        return (found, at);

        void Take(JsonSlice container)
        {
            if (container["lastState"u8]["terminated"u8]["finishedAt"u8].AsTime() is { } ended && (at is null || ended > at))
                (found, at) = (container, ended);
        }
    }

    private static long Count(JsonSlice statuses)
    {
        long count = 0;
        foreach (var container in statuses.Elements)
            count += container["restartCount"u8].AsInt64() ?? 0;
        return count;
    }

    private static JsonSlice Waiting(JsonSlice statuses, string reason)
    {
        foreach (var container in statuses.Elements)
        {
            if (container["state"u8]["waiting"u8]["reason"u8].AsText() == reason)
                return container;
        }

        return default;
    }
}
