using MultiCluster.Objects.Selectors;

namespace MultiCluster.Clusters;

/// <summary>Words for clusters, as <c>-Cluster</c> takes them: names or ids with wildcards. One that begins with <c>!</c> leaves out what it fits.</summary>
internal sealed class ClusterWords
{
    /// <summary>Takes the words apart.</summary>
    public ClusterWords(IEnumerable<string> words)
    {
        var byPurpose = words.ToLookup(IsExclusion);
        Included = [.. byPurpose[false].Select(static word => new NamePattern(word))];
        Excluded = [.. byPurpose[true].Select(static word => new NamePattern(word[1..]))];
    }

    /// <summary>What is meant; everything where it is empty.</summary>
    public IReadOnlyList<NamePattern> Included { get; }

    /// <summary>What is left out of it, without the <c>!</c>.</summary>
    public IReadOnlyList<NamePattern> Excluded { get; }

    /// <summary>Whether a word leaves clusters out.</summary>
    public static bool IsExclusion(string word) => word is ['!', ..];

    /// <summary>Whether the cluster of this name and id is meant.</summary>
    public bool Mean(string name, string id)
    {
        return (Included.Count == 0 || Included.Any(Fits)) && !Excluded.Any(Fits);

        bool Fits(NamePattern pattern) => pattern.IsMatch(name) || pattern.IsMatch(id);
    }
}
