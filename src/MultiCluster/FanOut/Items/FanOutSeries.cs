using MultiCluster.Faults;

namespace MultiCluster.FanOut;

/// <summary>Objects of one source in the order of their time. A merge may divide it: what is due leaves, the rest waits for its time.</summary>
internal abstract record FanOutSeries(ClusterIdentity Cluster) : FanOutItem(Cluster)
{
    /// <summary>The time of the first object.</summary>
    public required long Ticks { get; init; }

    /// <summary>All of it, as a consumer takes it.</summary>
    public abstract FanOutItem Whole();

    /// <summary>
    /// What happened until <paramref name="ticks"/>, at least one object, and the rest; without a rest the whole weight leaves, else none.
    /// </summary>
    public abstract (FanOutItem Due, FanOutSeries? Later) Divide(long ticks);
}

/// <inheritdoc/>
/// <typeparam name="T">The type of the objects.</typeparam>
/// <param name="Cluster">The cluster.</param>
/// <param name="Objects">The objects, in the order in which their source brought them, which they keep.</param>
/// <param name="TicksOf">The time of an object. One that is earlier than those before it counts as of their time.</param>
internal sealed record FanOutSeries<T>(ClusterIdentity Cluster, ArraySegment<T> Objects, Func<T, long> TicksOf) : FanOutSeries(Cluster)
{
    public override FanOutItem Whole() => new FanOutObjects<T>(Cluster, Objects.Count == Objects.Array!.Length ? Objects.Array : Objects) { Weight = Weight };

    public override (FanOutItem Due, FanOutSeries? Later) Divide(long ticks)
    {
        var objects = Objects.AsSpan();
        var last = Ticks;
        for (var i = 1; i < objects.Length; i++)
        {
            var next = Math.Max(last, TicksOf(objects[i]));
            if (next > ticks)
                return (new FanOutObjects<T>(Cluster, Objects[..i]) { Weight = 0 }, this with { Objects = Objects[i..], Ticks = next });
            last = next;
        }

        return (Whole(), null);
    }
}
