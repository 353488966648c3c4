using System.Globalization;

namespace MultiCluster.Measuring;

/// <summary>The parts of all clusters put together.</summary>
internal sealed class Measurement(MeasureQuery query)
{
    private readonly Dictionary<MeasureKey, MeasureSums> _sums = [];
    private readonly HashSet<MeasureKey> _unmeasured = [];

    /// <summary>Adds what a cluster has.</summary>
    public void Add(MeasurePart part)
    {
        foreach (var (key, sums) in part.Sums)
        {
            if (!_sums.TryGetValue(key, out var all))
                _sums.Add(key, all = new());
            all.Add(sums);
            if (!part.IsMeasured)
                _unmeasured.Add(key);
        }
    }

    /// <summary>The rows, the largest first.</summary>
    /// <param name="kind">The kind of what was counted.</param>
    public IEnumerable<KubeMeasurement> Rows(string kind)
    {
        var total = _sums.Values.Sum(static sums => (long)sums.Count);
        foreach (var (key, sums) in _sums.OrderByDescending(static pair => pair.Value.Count).ThenBy(static pair => NameOf(pair.Key), StringComparer.Ordinal))
        {
            var measured = !_unmeasured.Contains(key);
            yield return new KubeMeasurement
            {
                ClusterId = key.Cluster?.ClusterId,
                ClusterName = key.Cluster?.ClusterName,
                Kind = query.By.Contains(MeasureBy.Image) ? "Container" : kind,
                Namespace = key.Namespace,
                Node = key.Node,
                Image = key.Image,
                Label = key.Label,
                Count = sums.Count,
                Share = total == 0 ? 0 : Math.Round(sums.Count * 100.0 / total, 1),
                Running = sums.Running,
                Measured = sums.Measured,
                CpuRequest = sums.CpuRequest,
                CpuLimit = sums.CpuLimit,
                CpuUsed = measured ? sums.CpuUsed : null,
                CpuAllocatable = sums.CpuAllocatable,
                MemoryRequest = sums.MemoryRequest,
                MemoryLimit = sums.MemoryLimit,
                MemoryUsed = measured ? sums.MemoryUsed : null,
                MemoryAllocatable = sums.MemoryAllocatable,
            };
        }
    }

    private static string NameOf(MeasureKey key) => string.Create(CultureInfo.InvariantCulture, $"{key.Cluster?.ClusterName} {key.Namespace} {key.Node} {key.Image} {key.Label}");
}
