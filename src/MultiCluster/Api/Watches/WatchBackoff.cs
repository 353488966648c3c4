namespace MultiCluster.Api.Watches;

/// <summary>The pauses between attempts at a watch that fails: 0.8 s, doubled up to 30 s, each between its half and its whole.</summary>
/// <param name="random">Numbers in [0, 1) for the jitter.</param>
internal sealed class WatchBackoff(Func<double> random)
{
    /// <summary>The first pause at the most (client-go's reflector).</summary>
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(800);

    /// <summary>The longest pause.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private int _attempts;

    /// <summary>How long to wait now.</summary>
    public TimeSpan Next()
    {
        var ceiling = TimeSpan.FromTicks(Math.Min(First.Ticks << Math.Min(_attempts, 10), Longest.Ticks));
        _attempts++;
        return ceiling * (0.5 + (0.5 * random()));
    }

    /// <summary>What was tried has worked for long enough: the next pause is a short one again.</summary>
    public void Reset() => _attempts = 0;

    /// <summary>What was tried has got on before it failed: the next pause is no longer than the last.</summary>
    public void Hold() => _attempts = Math.Max(0, _attempts - 1);
}
