using System.Collections.Concurrent;
using MultiCluster.Clusters;

namespace MultiCluster.Forwarding;

/// <summary>
/// The forwards of a session that have not ended. Each ends with its cluster's connection, and so all of them with the pool, which closes
/// these: there is nothing of its own to dispose.
/// </summary>
internal sealed class ForwardStore
{
    private readonly ConcurrentDictionary<int, KubePortForward> _forwards = new();
    private int _last;

    /// <summary>All, in the order in which they began.</summary>
    public IReadOnlyList<KubePortForward> All => [.. _forwards.Values.OrderBy(static forward => forward.Id)];

    /// <summary>Those of a session.</summary>
    public static ForwardStore Of(ClusterPool pool) => pool.Attachments.Get(static () => new ForwardStore());

    /// <summary>A number for the next one.</summary>
    public int NextId() => Interlocked.Increment(ref _last);

    /// <summary>It has begun.</summary>
    public void Add(KubePortForward forward) => _forwards[forward.Id] = forward;

    /// <summary>It has ended.</summary>
    public void Remove(KubePortForward forward) => _forwards.TryRemove(forward.Id, out _);
}
