namespace MultiCluster.Sandbox.Data;

/// <summary>How a generated pod fares.</summary>
internal enum PodState
{
    Running,
    Restarted,
    NotReady,
    Pending,
    CrashLoop,
    ImagePull,
    Initializing,
    Terminating,
    Evicted,
    Completed,
    Failed,
}

internal static class PodStates
{
    /// <summary>The state of a workload's pod: of 50 pods, 40 are well.</summary>
    public static PodState Of(int index) => (index % 50) switch
    {
        3 or 17 or 33 => PodState.Restarted,
        5 => PodState.CrashLoop,
        9 => PodState.Pending,
        15 => PodState.ImagePull,
        22 => PodState.Terminating,
        27 => PodState.Initializing,
        38 => PodState.NotReady,
        44 => PodState.Evicted,
        _ => PodState.Running,
    };
}
