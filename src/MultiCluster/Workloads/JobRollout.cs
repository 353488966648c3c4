using MultiCluster.Objects;

namespace MultiCluster.Workloads;

/// <summary>A Job, which is done when it is complete, and fails for good.</summary>
internal static class JobRollout
{
    public static RolloutStatus Of(KubeObject item)
    {
        var (spec, status) = (item.SpecJson, item.StatusJson);
        if (status.HasCondition("Complete"u8))
            return RolloutStatus.Done;
        if (status.HasCondition("Failed"u8))
            return RolloutStatus.Failed($"it has failed{ConditionText.Why(status["conditions"u8].OfType("Failed"u8))}");
        if (spec["suspend"u8].AsBoolean())
            return RolloutStatus.Waiting("suspended");
        var wanted = spec["completions"u8].Exists ? spec["completions"u8].AsInt32() : 1;
        var failed = status["failed"u8].AsInt32();
        return RolloutStatus.Waiting($"{status["succeeded"u8].AsInt32()} of {wanted} completed, {status["active"u8].AsInt32()} active" + (failed == 0 ? "" : $", {failed} failed"));
    }
}
