using System.Threading.Channels;
using MultiCluster.Http;
using MultiCluster.Kubeconfig;

namespace MultiCluster.FanOut;

/// <summary>Where one cluster's operation writes. A full channel makes it wait, and with it the cluster's socket.</summary>
public sealed class FanOutSink
{
    private readonly ChannelWriter<FanOutItem> _channel;
    private readonly FanOutProgress _progress;
    private readonly TimeProvider _time;
    private readonly long _started;
    private Fault? _fault;
    private TimeSpan? _firstObject;
    private long _objects;

    internal FanOutSink(ClusterIdentity cluster, ChannelWriter<FanOutItem> channel, FanOutProgress progress, TimeProvider time)
    {
        Cluster = cluster;
        _channel = channel;
        _progress = progress;
        _time = time;
        _started = time.GetTimestamp();
    }

    /// <summary>The cluster.</summary>
    public ClusterIdentity Cluster { get; }

    /// <summary>Hands on objects. The list must not change afterwards.</summary>
    public async ValueTask WriteAsync<T>(IReadOnlyList<T> objects, CancellationToken cancellationToken)
    {
        if (objects.Count == 0)
            return;
        await _channel.WriteAsync(new FanOutObjects<T>(Cluster, objects), cancellationToken).ConfigureAwait(false);
        _firstObject ??= _time.GetElapsedTime(_started);
        _objects += objects.Count;
        _progress.Add(objects.Count);
    }

    /// <summary>Reports that a part of what was asked failed; the cluster counts as failed, and its operation goes on.</summary>
    public ValueTask FaultAsync(Fault fault, object? target, CancellationToken cancellationToken)
    {
        fault = fault.Cluster is null ? fault with { Cluster = Cluster } : fault;
        _fault ??= fault;
        return _channel.WriteAsync(new FanOutFault(Cluster, fault, target), cancellationToken);
    }

    /// <summary>Says something that is no failure.</summary>
    public ValueTask NoticeAsync(NoticeLevel level, string text, CancellationToken cancellationToken) =>
        _channel.WriteAsync(new FanOutNotice(Cluster, level, text), cancellationToken);

    internal FanOutRow Row(bool ended) => new()
    {
        ClusterId = Cluster.ClusterId,
        ClusterName = Cluster.ClusterName,
        Identity = Cluster,
        Outcome = _fault is not null ? FanOutOutcome.Failed : ended ? FanOutOutcome.Answered : FanOutOutcome.Skipped,
        Objects = _objects,
        Elapsed = _time.GetElapsedTime(_started),
        FirstObject = _firstObject,
        Fault = _fault,
    };
}
