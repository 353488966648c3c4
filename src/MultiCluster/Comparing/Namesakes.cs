using MultiCluster.Objects;

namespace MultiCluster.Comparing;

/// <summary>The objects of one name, each with the number of what is written in it: of those that are written alike one is read.</summary>
internal sealed class Namesakes
{
    /// <summary>Of more different texts no copy is kept to hold others against: they are most likely all different.</summary>
    private const int MostTexts = 16;

    private readonly List<byte[]> _texts = [];
    private readonly List<(KubeObject Item, int Text)> _objects = [];
    private int _count;

    /// <summary>The objects, in the order in which they came.</summary>
    public IReadOnlyList<(KubeObject Item, int Text)> Objects => _objects;

    /// <summary>Takes an object with what is written in it.</summary>
    public void Add(KubeObject item, ReadOnlySpan<byte> text)
    {
        for (var number = 0; number < _texts.Count; number++)
        {
            if (text.SequenceEqual(_texts[number]))
            {
                _objects.Add((item, number));
                return;
            }
        }

        if (_texts.Count == _count && _count < MostTexts)
            _texts.Add(text.ToArray());
        _objects.Add((item, _count++));
    }
}
