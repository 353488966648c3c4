using System.Globalization;
using MultiCluster.FanOut;
using MultiCluster.Faults;

namespace MultiCluster.Module.Pipeline;

/// <summary>
/// What every cluster of a call fails with alike is one error: 40 clusters without a kind are one mistyped name. Only faults that are alike by
/// nature are held back for that, until a cluster has answered otherwise, and never for long; what some clusters have alone stays theirs.
/// The same goes for what a call remarks of several clusters, which is one line in any case.
/// </summary>
/// <param name="clusters">How many clusters are asked.</param>
/// <param name="time">The clock.</param>
/// <param name="write">Writes a fault, with its target or the clusters that have it.</param>
/// <param name="warn">Writes a remark.</param>
internal sealed class CommonFaults(int clusters, TimeProvider time, Action<Fault, object?, IReadOnlyList<ClusterIdentity>> write, Action<string> warn)
{
    /// <summary>How long something is held back at the most.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly List<Held> _held = [];
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private readonly HashSet<object> _apart = [];

    /// <summary>Takes a fault, and writes it now or later.</summary>
    public void Take(FanOutFault item)
    {
        if (KeyOf(item) is not { } key || clusters < 2 || _apart.Contains(key) || (Find(key) is null && _done.Count > 0))
            write(item.Fault, item.Target, [item.Cluster]);
        else
            Hold(key, item);
    }

    /// <summary>Takes a remark, and writes it now or later.</summary>
    public void Take(FanOutNotice remark) => Hold(remark.Text, remark);

    /// <summary>A cluster has said all that it has to say: what it has not failed with is not common to all.</summary>
    public void Done(ClusterIdentity cluster)
    {
        _done.Add(cluster.ClusterId);
        Release(held => held.Key is Key && !held.Has(cluster));
    }

    /// <summary>Lets go of what has been held back long enough.</summary>
    public void Tick()
    {
        if (_held.Count > 0)
            Release(held => time.GetElapsedTime(held.Since) >= Patience);
    }

    /// <summary>The call has ended.</summary>
    public void End() => Release(static _ => true);

    private static Key? KeyOf(FanOutFault item) =>
        item is { Fault: { Phase: FaultPhase.KindNotFound or FaultPhase.NotFound or FaultPhase.Invalid } fault, Target: null or string }
            ? new Key(fault.Phase, fault.Reason, fault.Operation, fault.Detail, (string?)item.Target)
            : null;

    private Held? Find(object key) => _held.Find(held => held.Key.Equals(key));

    private void Hold(object key, FanOutItem item)
    {
        var held = Find(key);
        if (held is null)
            _held.Add(held = new Held(key, time.GetTimestamp()));
        held.Add(item);
        if (held.Items.Count >= clusters)
            Release(other => other == held);
    }

    private void Release(Predicate<Held> which)
    {
        foreach (var held in _held.FindAll(which))
        {
            _held.Remove(held); // before it is written: an error may end the call
            Write(held);
        }
    }

    private void Write(Held held)
    {
        if (held.Items[0] is FanOutNotice remark)
        {
            warn($"{(held.Items.Count > 3 && held.Items.Count == clusters ? string.Create(CultureInfo.CurrentCulture, $"all {clusters:N0} clusters") : held.Names)}: {remark.Text}");
            return;
        }

        if (held.Items.Count == clusters)
        {
            var first = (FanOutFault)held.Items[0];
            write(first.Fault with { Cluster = null, Detail = $"{first.Fault.Detail}, on {All}: {held.Names}" }, first.Target, held.Clusters);
            return;
        }

        _apart.Add(held.Key);
        foreach (var item in held.Items.Cast<FanOutFault>())
            write(item.Fault, item.Target, [item.Cluster]);
    }

    private string All => clusters == 2 ? "both clusters" : string.Create(CultureInfo.CurrentCulture, $"all {clusters:N0} clusters");

    private sealed record Key(FaultPhase Phase, string? Reason, string? Operation, string Detail, string? Target);

    private sealed class Held(object key, long since)
    {
        private readonly List<FanOutItem> _items = [];

        public object Key => key;

        public long Since => since;

        public List<FanOutItem> Items => _items;

        public IReadOnlyList<ClusterIdentity> Clusters => [.. _items.Select(static item => item.Cluster).OrderBy(static cluster => cluster.ClusterName, StringComparer.OrdinalIgnoreCase)];

        public string Names => NameList.Of([.. Clusters.Select(static cluster => cluster.ClusterName)]);

        public bool Has(ClusterIdentity cluster) => _items.Exists(item => item.Cluster.ClusterId == cluster.ClusterId);

        /// <summary>Adds what a cluster has not said before.</summary>
        public void Add(FanOutItem item)
        {
            if (!Has(item.Cluster))
                _items.Add(item);
        }
    }
}
