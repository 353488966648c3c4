namespace MultiCluster.Clusters;

/// <summary>Where a cluster stands in the session.</summary>
public enum ClusterState
{
    /// <summary>Known, not selected.</summary>
    NotSelected,

    /// <summary>Selected; the first contact is under way or has not been made.</summary>
    Connecting,

    /// <summary>It answers.</summary>
    Ready,

    /// <summary>It answered before and its last heartbeat failed.</summary>
    Degraded,

    /// <summary>It has not answered since it was selected.</summary>
    Unreachable,

    /// <summary>It refuses the login, or none could be had; tried again by itself.</summary>
    AuthenticationRequired,

    /// <summary>Its context cannot be used: a key, a certificate authority or an address in the kubeconfig is wrong.</summary>
    Invalid,

    /// <summary>It was deselected.</summary>
    Disconnected,
}
