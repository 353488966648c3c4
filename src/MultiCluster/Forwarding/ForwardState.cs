namespace MultiCluster.Forwarding;

/// <summary>Where a forward stands, as its last connection found it.</summary>
public enum ForwardState
{
    /// <summary>It listens, and there is a pod to go to.</summary>
    Ready,

    /// <summary>It listens, and waits for a pod.</summary>
    Waiting,

    /// <summary>It listens, and its last connection failed: the cluster does not answer, the pod is gone or refuses.</summary>
    Degraded,

    /// <summary>It has ended.</summary>
    Stopped,
}
