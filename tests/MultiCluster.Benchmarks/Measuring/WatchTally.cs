using System.Collections;
using MultiCluster.Api.Watches;
using MultiCluster.Benchmarks.Servers;
using MultiCluster.Resources;
using MultiCluster.Sandbox.Changes;

namespace MultiCluster.Benchmarks.Measuring;

/// <summary>What a watch has told of the writes to one cluster, to be held against what the cluster wrote: each write has a serial number.</summary>
/// <param name="writes">How many writes there can be.</param>
internal sealed class WatchTally(int writes)
{
    private static readonly byte[] Serial = System.Text.Encoding.ASCII.GetBytes(Churn.SerialAnnotation);

    private readonly BitArray _seen = new(writes + 1);
    private long _created;
    private long _updated;
    private long _deleted;
    private long _repeated;
    private long _last;
    private long _disordered;

    /// <summary>Events so far.</summary>
    public long Count => _created + _updated + _deleted;

    public void Take(KubeWatchEvent happened)
    {
        if (happened.Type == WatchEventType.Deleted)
        {
            _deleted++;
            return;
        }

        if (happened.Type == WatchEventType.Added)
            _created++;
        else
            _updated++;
        var serial = int.Parse(happened.Object.AnnotationsJson[Serial].Raw[1..^1], System.Globalization.CultureInfo.InvariantCulture);
        if (_seen[serial])
            _repeated++;
        if (serial < _last)
            _disordered++;
        _seen[serial] = true;
        _last = serial;
    }

    /// <summary>Events that did not come, events that came again, and events that came before an earlier one of the cluster.</summary>
    public (long Lost, long Repeated, long Disordered) Compare(ClusterWrites wrote)
    {
        var lost = 0L;
        for (var serial = 1; serial <= wrote.Created + wrote.Updated; serial++)
            lost += _seen[serial] ? 0 : 1;
        var fewer = Less(_created, wrote.Created) + Less(_updated, wrote.Updated);
        var more = Less(wrote.Created, _created) + Less(wrote.Updated, _updated);
        return (Math.Max(lost, fewer) + Less(_deleted, wrote.Deleted), Math.Max(_repeated, more) + Less(wrote.Deleted, _deleted), _disordered);

        static long Less(long one, long other) => Math.Max(0, other - one);
    }
}
