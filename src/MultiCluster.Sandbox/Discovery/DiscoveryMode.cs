namespace MultiCluster.Sandbox.Discovery;

/// <summary>Which aggregated discovery a cluster offers; the legacy one is always there.</summary>
public enum DiscoveryMode
{
    /// <summary>None, as Kubernetes before 1.26.</summary>
    None,

    /// <summary><c>apidiscovery.k8s.io/v2beta1</c>, as Kubernetes 1.26 to 1.29.</summary>
    V2Beta1,

    /// <summary><c>apidiscovery.k8s.io/v2</c> too, as Kubernetes since 1.30.</summary>
    V2,
}
