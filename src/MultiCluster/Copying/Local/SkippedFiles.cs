namespace MultiCluster.Copying.Local;

/// <summary>What one copy leaves out.</summary>
internal sealed class SkippedFiles
{
    /// <summary>An archive may consist of nothing else.</summary>
    private const int Most = 1000;

    private readonly List<KubeCopySkip> _all = [];

    /// <summary>The first ones.</summary>
    public IReadOnlyList<KubeCopySkip> All => _all;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    public void Add(string path, string reason)
    {
        Count++;
        if (_all.Count < Most)
            _all.Add(new KubeCopySkip(path, reason));
    }

    /// <summary>Adds what another copy has left out.</summary>
    public void Add(SkippedFiles others)
    {
        Count += others.Count;
        _all.AddRange(others._all.Take(Most - _all.Count));
    }
}
