namespace MultiCluster.Sandbox.Controllers;

/// <summary>
/// What acts in a cluster by itself. How long pods take counts always; the controllers are off by default.
/// </summary>
public sealed class ClusterControllers
{
    /// <summary>A pod's annotation that says how many seconds it takes to end once it is deleted, or <c>never</c>.</summary>
    public const string TerminationAnnotation = "sandbox.multicluster.example/termination-seconds";

    /// <summary>A pod's annotation that says how many seconds it takes to become ready, or <c>never</c>.</summary>
    public const string StartAnnotation = "sandbox.multicluster.example/start-seconds";

    /// <summary>How long a pod takes to end once it is deleted; its grace period is the most. 1 s by default.</summary>
    public TimeSpan PodTerminationTime { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a pod takes from its node to being ready. 1 s by default.</summary>
    public TimeSpan PodStartTime { get; set; } = TimeSpan.FromSeconds(1);
}
