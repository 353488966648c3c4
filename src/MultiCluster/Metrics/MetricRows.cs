using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Metrics;

/// <summary>Makes the rows of nodes, pods and containers of what they are and what was measured of them.</summary>
/// <param name="cluster">Their cluster.</param>
/// <param name="containers">Which containers; none for pods as a whole.</param>
/// <param name="maxAge">How old a measurement may be.</param>
/// <param name="time">The clock.</param>
internal sealed class MetricRows(ClusterIdentity cluster, NameFilter containers, TimeSpan maxAge, TimeProvider time)
{
    private int _stale;
    private DateTime _newest = DateTime.MinValue;

    /// <summary>A sentence about measurements that are stale; null when none is.</summary>
    public string? Remark => _stale == 0 ? null : $"{_stale} measurements are stale: the newest is {new KubeAge(time.GetUtcNow().UtcDateTime - _newest.ToUniversalTime())} old";

    /// <summary>A node's row.</summary>
    public KubeMetric Of(KubeNode node, KubeNodeMetrics? used) => Dated(
        new KubeMetric
        {
            ClusterId = cluster.ClusterId,
            ClusterName = cluster.ClusterName,
            Kind = "Node",
            Name = node.Name,
            Cpu = used?.Cpu,
            CpuAllocatable = node.StatusJson["allocatable"u8]["cpu"u8].AsQuantity(),
            Memory = used?.Memory,
            MemoryAllocatable = node.StatusJson["allocatable"u8]["memory"u8].AsQuantity(),
        },
        used?.Timestamp,
        used?.Window,
        $"not measured: {node.State}");

    /// <summary>A pod's row, or those of its containers; what the pod is may not be known.</summary>
    public IEnumerable<KubeMetric> Of(KubePod? pod, KubePodMetrics? used)
    {
        if (pod is null && used is null)
            return [];
        if (!containers.IsEmpty)
            return ContainersOf(pod, used);
        return
        [
            Dated(
                new KubeMetric
                {
                    ClusterId = cluster.ClusterId,
                    ClusterName = cluster.ClusterName,
                    Kind = "Pod",
                    Namespace = pod?.Namespace ?? used!.Namespace,
                    Name = pod?.Name ?? used!.Name,
                    Cpu = used?.Cpu,
                    CpuRequest = pod?.CpuRequest,
                    CpuLimit = pod?.CpuLimit,
                    Memory = used?.Memory,
                    MemoryRequest = pod?.MemoryRequest,
                    MemoryLimit = pod?.MemoryLimit,
                },
                used?.Timestamp,
                used?.Window,
                $"not measured: {pod?.State}"),
        ];
    }

    private List<KubeMetric> ContainersOf(KubePod? pod, KubePodMetrics? used)
    {
        var rows = new List<KubeMetric>();
        foreach (var (name, resources) in pod is null ? used!.Containers.Select(static name => (name, default(JsonSlice))) : Running(pod))
        {
            if (!containers.Matches(name))
                continue;
            var (cpu, memory) = (used?.Of(name, "cpu"u8), used?.Of(name, "memory"u8));
            rows.Add(Dated(
                new KubeMetric
                {
                    ClusterId = cluster.ClusterId,
                    ClusterName = cluster.ClusterName,
                    Kind = "Pod",
                    Namespace = pod?.Namespace ?? used!.Namespace,
                    Name = pod?.Name ?? used!.Name,
                    Container = name,
                    Cpu = cpu,
                    CpuRequest = resources["requests"u8]["cpu"u8].AsQuantity(),
                    CpuLimit = resources["limits"u8]["cpu"u8].AsQuantity(),
                    Memory = memory,
                    MemoryRequest = resources["requests"u8]["memory"u8].AsQuantity(),
                    MemoryLimit = resources["limits"u8]["memory"u8].AsQuantity(),
                },
                cpu is null && memory is null ? null : used?.Timestamp,
                used?.Window,
                $"not measured: {pod?.State}"));
        }

        return rows;
    }

    /// <summary>The containers that run as long as the pod does, with their resources: its own, and sidecars.</summary>
    private static IEnumerable<(string Name, JsonSlice Resources)> Running(KubePod pod) =>
        PodContainers.Of(pod).Where(static one => one.IsLasting).Select(static one => (one.Name, one.Json["resources"u8]));

    private KubeMetric Dated(KubeMetric row, DateTime? timestamp, TimeSpan? window, string missing)
    {
        if (timestamp is not { } measured)
            return row with { Note = missing };
        var age = time.GetUtcNow().UtcDateTime - measured.ToUniversalTime();
        if (age <= maxAge)
            return row with { Timestamp = measured, Window = window };
        _stale++;
        _newest = measured > _newest ? measured : _newest;
        return row with { Timestamp = measured, Window = window, Stale = true, Note = $"stale: measured {new KubeAge(age)} ago" };
    }
}
