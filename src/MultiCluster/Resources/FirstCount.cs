namespace MultiCluster.Resources;

/// <summary>How many objects a call still wants, over all its clusters: what is read for it, and what has been handed out.</summary>
internal sealed class FirstCount(int? wanted)
{
    private long _left = wanted ?? long.MaxValue;
    private int _handedOut;

    /// <summary>What is still wanted, or null without a limit.</summary>
    public int? Left => wanted is null ? null : (int)Math.Max(0, Interlocked.Read(ref _left));

    public bool IsReached => wanted is not null && Interlocked.Read(ref _left) <= 0;

    /// <summary>Takes up to <paramref name="offered"/> of what is left, on its way to the caller.</summary>
    public int Take(int offered)
    {
        if (wanted is null)
            return offered;
        var after = Interlocked.Add(ref _left, -offered);
        return (int)Math.Clamp(offered + after, 0, offered);
    }

    /// <summary>An object has been handed out; true while the caller wants more.</summary>
    public bool WantsMore() => wanted is null || ++_handedOut < wanted;
}
