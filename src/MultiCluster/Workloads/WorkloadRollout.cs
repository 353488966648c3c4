using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Workloads;

/// <summary>What makes pods of a template. The order of the questions is kubectl's: the first that is answered by no is what is missing.</summary>
internal static class WorkloadRollout
{
    private const string Unobserved = "the change has not been taken up yet";

    /// <summary>When a Deployment's rollout passed its progress deadline; null when it did not.</summary>
    public static DateTimeOffset? DeadlinePassed(KubeObject item) =>
        item.StatusJson["conditions"u8].OfType("Progressing"u8) is var progress && progress["reason"u8].Is("ProgressDeadlineExceeded"u8)
            ? progress["lastUpdateTime"u8].AsTime() ?? DateTimeOffset.MinValue
            : null;

    /// <summary>How far a Deployment is.</summary>
    /// <param name="item">The Deployment.</param>
    /// <param name="passedBefore">When its deadline had passed before it was changed: its controller leaves that condition as it is until there is progress.</param>
    public static RolloutStatus OfDeployment(KubeObject item, DateTimeOffset? passedBefore)
    {
        var (spec, status) = (item.SpecJson, item.StatusJson);
        if (!IsObserved(item))
            return RolloutStatus.Waiting(Unobserved);
        var wanted = Replicas(spec);
        var updated = status["updatedReplicas"u8].AsInt32();
        var all = status["replicas"u8].AsInt32();
        var available = status["availableReplicas"u8].AsInt32();
        var missing = updated < wanted ? $"{Of(updated, wanted, "replica")} up to date"
            : all > updated ? $"{Count(all - updated, "old replica")} still there"
            : available < updated ? $"{Of(available, updated, "replica")} available"
            : null;
        if (DeadlinePassed(item) is { } passed && passed != passedBefore)
            return RolloutStatus.Failed($"no progress within its deadline of {(spec["progressDeadlineSeconds"u8].Exists ? spec["progressDeadlineSeconds"u8].AsInt32() : 600)} s" + (missing is null ? "" : $": {missing}"));
        if (missing is null)
            return RolloutStatus.Done;

        // As when a quota is used up: the controller goes on trying.
        var refusal = status.HasCondition("ReplicaFailure"u8) ? status["conditions"u8].OfType("ReplicaFailure"u8)["message"u8].AsText() : null;
        return RolloutStatus.Waiting((spec["paused"u8].AsBoolean() ? "paused; " : "") + missing + (refusal is null ? "" : $"; {refusal}"));
    }

    public static RolloutStatus OfDaemonSet(KubeObject item)
    {
        var status = item.StatusJson;
        if (!IsObserved(item))
            return RolloutStatus.Waiting(Unobserved);
        var wanted = status["desiredNumberScheduled"u8].AsInt32();
        var updated = status["updatedNumberScheduled"u8].AsInt32();
        var available = status["numberAvailable"u8].AsInt32();
        if (updated < wanted)
            return Lacking(item, $"{Of(updated, wanted, "pod")} up to date");
        return available < wanted ? RolloutStatus.Waiting($"{Of(available, wanted, "pod")} available") : RolloutStatus.Done;
    }

    public static RolloutStatus OfStatefulSet(KubeObject item)
    {
        var (spec, status) = (item.SpecJson, item.StatusJson);
        if (!status["observedGeneration"u8].Exists || !IsObserved(item))
            return RolloutStatus.Waiting(Unobserved);
        var wanted = Replicas(spec);
        var ready = status["readyReplicas"u8].AsInt32();
        var updated = status["updatedReplicas"u8].AsInt32();
        var partition = IsOnDelete(item) ? default : spec["updateStrategy"u8]["rollingUpdate"u8]["partition"u8];
        if (ready < wanted)
            return RolloutStatus.Waiting($"{Of(ready, wanted, "pod")} ready");
        if (partition.Exists)
        {
            var meant = wanted - partition.AsInt32();
            return updated < meant ? RolloutStatus.Waiting($"{Of(updated, meant, "pod")} up to date") : RolloutStatus.Done;
        }

        return Same(status["updateRevision"u8], status["currentRevision"u8]) ? RolloutStatus.Done : Lacking(item, $"{Of(updated, wanted, "pod")} up to date");
    }

    public static RolloutStatus OfReplicaSet(KubeObject item)
    {
        var wanted = Replicas(item.SpecJson);
        var available = item.StatusJson["availableReplicas"u8].AsInt32();
        if (!IsObserved(item))
            return RolloutStatus.Waiting(Unobserved);
        return available < wanted ? RolloutStatus.Waiting($"{Of(available, wanted, "replica")} available") : RolloutStatus.Done;
    }

    /// <summary>Whether the controller has seen the object as it is now; true for kinds that do not say.</summary>
    public static bool IsObserved(KubeObject item) =>
        item.StatusJson["observedGeneration"u8].AsInt64() is not { } observed ? !item.MetadataJson["generation"u8].Exists || item.Source.Kind.Group is not ("apps" or "extensions")
        : (item.MetadataJson["generation"u8].AsInt64() ?? 0) <= observed;

    public static bool IsOnDelete(KubeObject item) => item.SpecJson["updateStrategy"u8]["type"u8].Is("OnDelete"u8);

    /// <summary>The wanted replicas; the API's own default is 1.</summary>
    public static int Replicas(JsonSlice spec) => spec["replicas"u8].Exists ? spec["replicas"u8].AsInt32() : 1;

    private static RolloutStatus Lacking(KubeObject item, string message) =>
        IsOnDelete(item) ? RolloutStatus.Refused($"{message}; its updateStrategy is OnDelete, and each pod is replaced only when somebody deletes it") : RolloutStatus.Waiting(message);

    private static bool Same(JsonSlice one, JsonSlice other) => one.Raw.SequenceEqual(other.Raw);

    private static string Of(int some, int all, string what) => all == 1 ? $"{some} of 1 {what} is" : $"{some} of {all} {what}s are";

    private static string Count(int count, string what) => count == 1 ? $"1 {what} is" : $"{count} {what}s are";
}
