using MultiCluster.Objects;

namespace MultiCluster.Workloads;

/// <summary>Kinds that roll nothing out, and are there or not, ready or not.</summary>
internal static class OtherRollout
{
    /// <summary>A pod that is ready or has done its work.</summary>
    public static RolloutStatus OfPod(KubeObject item)
    {
        var status = item.StatusJson;
        if (status["phase"u8].Is("Succeeded"u8) || status.HasCondition("Ready"u8))
            return RolloutStatus.Done;
        var state = item is KubePod pod ? pod.State : status["phase"u8].AsText();
        return status["phase"u8].Is("Failed"u8) ? RolloutStatus.Failed($"it has failed: {state}") : RolloutStatus.Waiting($"it is not ready: {state}");
    }

    /// <summary>
    /// A claim that is bound, as Helm waits for it. One whose StorageClass waits for the first consumer is not done before a pod uses it: only the
    /// class says that it waits, and whoever makes a claim makes its pod, too.
    /// </summary>
    public static RolloutStatus OfClaim(KubeObject item)
    {
        var phase = item.StatusJson["phase"u8];
        if (phase.Is("Bound"u8))
            return RolloutStatus.Done;
        return phase.Is("Lost"u8) ? RolloutStatus.Failed("its volume is lost") : RolloutStatus.Waiting("it is not bound to a volume");
    }

    /// <summary>A definition whose kind is served. Names that another definition has taken stay taken.</summary>
    public static RolloutStatus OfDefinition(KubeObject item)
    {
        var conditions = item.StatusJson["conditions"u8];
        var names = conditions.OfType("NamesAccepted"u8);
        if (names["status"u8].Is("False"u8))
            return RolloutStatus.Failed($"its names are not accepted{ConditionText.Why(names)}");
        if (!names["status"u8].Is("True"u8))
            return RolloutStatus.Waiting("its names are not accepted yet");
        return conditions.OfType("Established"u8)["status"u8].Is("True"u8) ? RolloutStatus.Done : RolloutStatus.Waiting("its kind is not served yet");
    }

    /// <summary>
    /// Anything else: by its condition Ready, or else Available; by Stalled, it has failed (sigs.k8s.io/cli-utils, kstatus). What says nothing of itself
    /// is done by being there.
    /// </summary>
    public static RolloutStatus Of(KubeObject item)
    {
        if (!WorkloadRollout.IsObserved(item))
            return RolloutStatus.Waiting("the change has not been taken up yet");
        var conditions = item.StatusJson["conditions"u8];
        var stalled = conditions.OfType("Stalled"u8);
        if (stalled["status"u8].Is("True"u8))
            return RolloutStatus.Failed(ConditionText.Of("Stalled", stalled));
        var (name, condition) = conditions.OfType("Ready"u8) is { Exists: true } ready ? ("Ready", ready) : ("Available", conditions.OfType("Available"u8));
        return !condition.Exists || condition["status"u8].Is("True"u8) ? RolloutStatus.Done : RolloutStatus.Waiting(ConditionText.Of(name, condition));
    }
}
