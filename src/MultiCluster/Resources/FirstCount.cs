namespace MultiCluster.Resources;

/// <summary>How many objects a call still wants, over all its clusters.</summary>
internal sealed class FirstCount(int? wanted)
{
    private long _left = wanted ?? long.MaxValue;

    /// <summary>What is still wanted, or null without a limit.</summary>
    public int? Left => wanted is null ? null : (int)Math.Max(0, Interlocked.Read(ref _left));

    public bool IsReached => wanted is not null && Interlocked.Read(ref _left) <= 0;

    /// <summary>Takes up to <paramref name="offered"/> of what is left.</summary>
    public int Take(int offered)
    {
        if (wanted is null)
            return offered;
        var after = Interlocked.Add(ref _left, -offered);
        return (int)Math.Clamp(offered + after, 0, offered);
    }
}
