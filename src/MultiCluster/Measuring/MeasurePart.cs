using MultiCluster.Faults;
using MultiCluster.Metrics;
using MultiCluster.Objects;

namespace MultiCluster.Measuring;

/// <summary>One cluster's part of a measurement: its objects put together.</summary>
internal sealed class MeasurePart(MeasureQuery query, ClusterIdentity cluster)
{
    private readonly Dictionary<MeasureKey, MeasureSums> _sums = [];

    public IReadOnlyDictionary<MeasureKey, MeasureSums> Sums => _sums;

    /// <summary>False when the cluster does not say what is used.</summary>
    public bool IsMeasured { get; set; } = true;

    /// <summary>Adds an object of which nothing but its number is known.</summary>
    public void Add(KubeObject item) => Of(item, null, null).Count++;

    /// <summary>Adds a node.</summary>
    public void Add(KubeNode node, KubeNodeMetrics? used)
    {
        var sums = Of(node, null, null);
        sums.Count++;
        sums.Running++;
        var allocatable = node.StatusJson["allocatable"u8];
        sums.AddAllocatable(allocatable["cpu"u8].AsQuantity(), allocatable["memory"u8].AsQuantity());
        sums.AddUsed(used?.Cpu, used?.Memory);
    }

    /// <summary>Adds what a node has for the pods that are counted by it.</summary>
    public void AddAllocatable(KubeNode node)
    {
        if (query.Label is not null || query.By.Any(static by => by is MeasureBy.Namespace or MeasureBy.Image))
            return; // no part of a node is theirs
        var allocatable = node.StatusJson["allocatable"u8];
        Of(node, node.Name, null).AddAllocatable(allocatable["cpu"u8].AsQuantity(), allocatable["memory"u8].AsQuantity());
    }

    /// <summary>Adds a pod. What one that has ended once requested is nobody's, as the scheduler has it.</summary>
    public void Add(KubePod pod, KubePodMetrics? used)
    {
        var ended = pod.Phase is "Succeeded" or "Failed";
        if (query.By.Contains(MeasureBy.Image))
        {
            AddContainers(pod, used, ended);
            return;
        }

        var sums = Of(pod, pod.Node, null);
        sums.Count++;
        if (ended)
            return;
        sums.Running += pod.Phase == "Running" ? 1 : 0;
        sums.AddRequest(pod.CpuRequest, pod.MemoryRequest);
        sums.AddLimit(pod.CpuLimit, pod.MemoryLimit);
        sums.AddUsed(used?.Cpu, used?.Memory);
    }

    /// <summary>Counts a cluster that has none: where each has a row, one without would look like one that was not asked.</summary>
    public void AddNone()
    {
        if (query is { By: [MeasureBy.Cluster], Label: null })
            _sums.TryAdd(new MeasureKey(cluster, null, null, null, null), new());
    }

    private void AddContainers(KubePod pod, KubePodMetrics? used, bool ended)
    {
        foreach (var container in PodContainers.Of(pod))
        {
            var sums = Of(pod, pod.Node, container.Json["image"u8].AsText());
            sums.Count++;
            if (ended || !container.IsLasting)
                continue;
            sums.Running += pod.Phase == "Running" ? 1 : 0;
            var (requests, limits) = (container.Json["resources"u8]["requests"u8], container.Json["resources"u8]["limits"u8]);
            sums.AddRequest(requests["cpu"u8].AsQuantity(), requests["memory"u8].AsQuantity());
            sums.AddLimit(limits["cpu"u8].AsQuantity(), limits["memory"u8].AsQuantity());
            sums.AddUsed(used?.Of(container.Name, "cpu"u8), used?.Of(container.Name, "memory"u8));
        }
    }

    private MeasureSums Of(KubeObject item, string? node, string? image)
    {
        var key = new MeasureKey(
            query.By.Any(static by => by is MeasureBy.Cluster or MeasureBy.Node) ? cluster : null,
            query.By.Contains(MeasureBy.Namespace) ? item.Namespace ?? "" : null,
            query.By.Contains(MeasureBy.Node) ? node ?? "" : null,
            query.By.Contains(MeasureBy.Image) ? image ?? "" : null,
            query.Label is null ? null : item.LabelsJson.TryGetMember(query.Label, out var value) ? value.AsString() ?? "" : "");
        if (!_sums.TryGetValue(key, out var sums))
            _sums.Add(key, sums = new());
        return sums;
    }
}
