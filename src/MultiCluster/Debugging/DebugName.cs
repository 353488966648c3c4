namespace MultiCluster.Debugging;

/// <summary>Names that end with five random characters, as kubectl's.</summary>
internal static class DebugName
{
    /// <summary>The longest name of a pod.</summary>
    private const int Longest = 253;

    private const int Length = 5;

    // k8s.io/apimachinery/pkg/util/rand: no vowels, which might make words, and nothing that looks alike.
    private const string Characters = "bcdfghjklmnpqrstvwxz2456789";

    /// <summary>A name that is not among <paramref name="taken"/>.</summary>
    public static string Container(IReadOnlyCollection<string> taken, Func<double> random)
    {
        for (var attempt = 0; ; attempt++)
        {
            if (New("debugger", attempt, random) is var name && !taken.Contains(name))
                return name;
        }
    }

    /// <summary>The name of a pod that debugs a node.</summary>
    public static string Pod(string node, int attempt, Func<double> random) =>
        New($"node-debugger-{(node.Length > Longest / 2 ? node[..(Longest / 2)].TrimEnd('.', '-') : node)}", attempt, random);

    /// <summary>Each attempt gives another one, whatever chance does.</summary>
    private static string New(string prefix, int attempt, Func<double> random) =>
        $"{prefix}-{string.Create(Length, (attempt, random), static (text, from) =>
        {
            for (var i = 0; i < text.Length; i++)
                text[i] = Characters[((int)(from.random() * Characters.Length) + (i == 0 ? from.attempt : 0)) % Characters.Length];
        })}";
}
