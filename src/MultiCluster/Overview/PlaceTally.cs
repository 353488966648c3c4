using MultiCluster.Attention.Rules;
using MultiCluster.Objects;

namespace MultiCluster.Overview;

/// <summary>What a place holds that is counted: a cluster, or one of its namespaces.</summary>
internal sealed class PlaceTally
{
    public PodTally Pods { get; } = new();

    public int Workloads { get; private set; }

    /// <summary>Those with fewer ready pods than are wanted.</summary>
    public int WorkloadsNotReady { get; private set; }

    /// <summary>Warnings that were seen lately.</summary>
    public int Warnings { get; private set; }

    public int Namespaces { get; private set; }

    /// <summary>CPU that is used, as far as it has been measured.</summary>
    public AmountSum CpuUsage { get; } = new(binary: false);

    /// <summary>Memory that is used, as far as it has been measured.</summary>
    public AmountSum MemoryUsage { get; } = new(binary: true);

    /// <summary>Adds what a node or a pod uses.</summary>
    public void AddUsage(Quantity? cpu, Quantity? memory)
    {
        CpuUsage.Add(cpu);
        MemoryUsage.Add(memory);
    }

    /// <summary>Counts a Deployment, StatefulSet or DaemonSet.</summary>
    public void AddWorkload(KubeObject workload)
    {
        var (ready, wanted) = ReplicasRule.Counts(workload);
        Workloads++;
        WorkloadsNotReady += ready < wanted ? 1 : 0;
    }

    public void AddWarning() => Warnings++;

    public void AddNamespace() => Namespaces++;
}
