using MultiCluster.Sandbox.Discovery;

namespace MultiCluster.Sandbox;

/// <summary>What a <see cref="SimulatedFleet"/> is made of. The same options make the same objects.</summary>
public sealed record FleetOptions
{
    /// <summary>How many clusters.</summary>
    public int Clusters { get; init; } = 1;

    /// <summary>Names of the first clusters; the rest are <c>sim-1</c>, <c>sim-2</c>...</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Makes a run repeatable.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Pods in each cluster; nodes, workloads, services and the rest follow from it. 0 leaves a cluster with namespaces alone.</summary>
    public int Pods { get; init; } = 50;

    /// <summary>Nodes in each cluster; null for one per 25 pods, at least 3.</summary>
    public int? Nodes { get; init; }

    /// <summary>Events in each cluster; null for one per 2 pods.</summary>
    public int? Events { get; init; }

    /// <summary>ConfigMaps in each cluster beside those of the workloads.</summary>
    public int ConfigMaps { get; init; }

    /// <summary>Lines that each container logs per second; they are made when somebody reads them.</summary>
    public double LogLinesPerSecond { get; init; } = 1;

    /// <summary>True to let controllers act (<see cref="SimulatedCluster.Controllers"/>); false, the default, leaves the data as they were made.</summary>
    public bool Controllers { get; init; }

    /// <summary>True for clusters with a metrics-server (<see cref="SimulatedCluster.Metrics"/>), which can be switched for each; false, the default, for none.</summary>
    public bool Metrics { get; init; }

    /// <summary>How many of the clusters, the last ones, are of OpenShift: its kinds, operators, updates and projects, and Gateway API's.</summary>
    public int OpenShift { get; init; }

    /// <summary>
    /// Kubernetes version that <c>/version</c> tells. It also decides how the group policy is served: v1beta1 alone before 1.21, evictions of v1
    /// since 1.22, budgets of v1 alone since 1.25.
    /// </summary>
    public string Version { get; init; } = "v1.33.1";

    /// <summary>Which aggregated discovery is offered; each cluster's can be changed later.</summary>
    public DiscoveryMode Discovery { get; init; } = DiscoveryMode.V2;

    /// <summary>
    /// False for clusters that speak http, where the system's TLS cannot serve. Clients send no login there: the kubeconfigs' addresses carry
    /// the user's token. Default: true, unless the variable MULTICLUSTER_SANDBOX_TLS is <c>off</c>.
    /// </summary>
    public bool Tls { get; init; } = Environment.GetEnvironmentVariable("MULTICLUSTER_SANDBOX_TLS") != "off";

    /// <summary>The clock: of the data, and of latency faults.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Names that a company's clusters might have, for <see cref="Names"/>.</summary>
    public static IReadOnlyList<string> RealisticNames { get; } =
        ["prod-eu", "prod-us", "staging", "dev", "edge-1", "edge-2", "edge-3", "prod-asia", "qa", "ci", "data-eu", "data-us"];
}
