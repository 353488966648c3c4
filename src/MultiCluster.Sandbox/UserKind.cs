namespace MultiCluster.Sandbox;

/// <summary>With what a kubeconfig written by the simulator logs in.</summary>
public enum UserKind
{
    /// <summary>An administrator's bearer token.</summary>
    AdminToken,

    /// <summary>An administrator's client certificate, signed by the cluster's own authority.</summary>
    ClientCertificate,

    /// <summary>A token that the cluster does not know.</summary>
    BadToken,

    /// <summary>The token of jane, who may do only what <see cref="SimulatedCluster.LimitedUser"/> says.</summary>
    Limited,

    /// <summary>A name and a password.</summary>
    Basic,
}
