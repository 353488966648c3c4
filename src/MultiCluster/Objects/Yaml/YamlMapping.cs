namespace MultiCluster.Objects.Yaml;

/// <summary>
/// The members of a document's mappings, with those that merge keys take in: as in go-yaml v2 these replace what stands before them and are
/// replaced by what stands after them. Bounds what aliases may blow a document up to.
/// </summary>
internal sealed class YamlMapping
{
    /// <summary>Bound on what aliases stand for in one document, in nodes and pieces of texts.</summary>
    private const int MaxReplayed = 200_000;

    private const int PieceLength = 64;

    /// <summary>Among so few keys a search takes no longer than a table.</summary>
    private const int FewKeys = 8;

    private int _replayed;
    private int _aliases;
    private int _merges;

    /// <summary>How deep in aliases and merge keys: to be put back where an exception has led out of them.</summary>
    public (int Aliases, int Merges) Level
    {
        get => (_aliases, _merges);
        set => (_aliases, _merges) = value;
    }

    /// <summary>What the alias stands for, or the node itself; to be left again.</summary>
    public YamlNode Enter(YamlNode node)
    {
        if (node.Kind == YamlNodeKind.Alias)
            _aliases++;
        if (_aliases > 0)
            Count(node);
        return node.Target;
    }

    public void Leave(YamlNode node)
    {
        if (node.Kind == YamlNodeKind.Alias)
            _aliases--;
    }

    /// <summary>The members in their order.</summary>
    /// <exception cref="YamlProblemException">A key is there twice, or is none.</exception>
    public IReadOnlyList<(string Key, YamlNode Value)> Members(YamlNode mapping)
    {
        var children = mapping.Children;
        var members = new List<(string Key, YamlNode Value)>(children.Count / 2);
        var keys = new KeyPlaces(children.Count / 2 > FewKeys);
        for (var at = 0; at < children.Count; at += 2)
        {
            if (children[at].IsMerge)
            {
                foreach (var (name, value) in Merged(children[at + 1], children[at].Place))
                    keys.Put(members, name, value, null);
            }
            else
            {
                keys.Put(members, KeyOf(children[at].Target, mapping), children[at + 1], children[at].Place);
            }
        }

        return members;
    }

    private static string KeyOf(YamlNode key, YamlNode mapping) =>
        key.Kind == YamlNodeKind.Mapping && key.Place == mapping.Place with { Column = mapping.Place.Column + 1 }
            ? throw Templates.Problem(mapping.Place)
            : YamlScalar.Key(key);

    private List<(string Key, YamlNode Value)> Merged(YamlNode given, TextPlace place)
    {
        var source = given.Target;
        var mappings = source.Kind == YamlNodeKind.Sequence ? source.Children : [source];
        if (mappings.Exists(static mapping => mapping.Target.Kind != YamlNodeKind.Mapping))
            throw new YamlProblemException(place, "a merge key takes in something else than a mapping", "Give << a mapping, or a list of some, such as *name; put quotes around << when it is a name.");
        if (++_merges > YamlTree.MaxDepth)
            throw new YamlProblemException(place, $"mappings take in each other over more than {YamlTree.MaxDepth} levels", "Write the members out.");
        // The first of a list wins, wherever it stands among them.
        var merged = new List<(string Key, YamlNode Value)>();
        var keys = new KeyPlaces(isLarge: true);
        foreach (var mapping in Enumerable.Reverse(mappings))
        {
            Count(mapping);
            foreach (var (name, value) in Members(mapping.Target))
            {
                Count(value);
                keys.Put(merged, name, value, null);
            }
        }

        _merges--;
        return merged;
    }

    private void Count(YamlNode node)
    {
        _replayed += 1 + (node.Target.Text.Length / PieceLength);
        if (_replayed > MaxReplayed)
            throw new YamlProblemException(node.Place, "the aliases up to here stand for more than an object can hold", "Write out what is meant, in fewer aliases.");
    }

    /// <summary>Where the keys of one mapping stand; those that were merged stand nowhere and may be replaced.</summary>
    private sealed class KeyPlaces(bool isLarge)
    {
        private readonly List<TextPlace?> _places = [];
        private readonly Dictionary<string, int>? _table = isLarge ? new(StringComparer.Ordinal) : null;

        public void Put(List<(string Key, YamlNode Value)> members, string key, YamlNode value, TextPlace? place)
        {
            var at = Find(members, key);
            if (at < 0)
            {
                _table?.Add(key, members.Count);
                members.Add((key, value));
                _places.Add(place);
                return;
            }

            if (place is { } second && _places[at] is { } first)
                throw new YamlProblemException(second, $"the key \"{key}\" is there twice, first on line {first.Line}", "Leave one of them.");
            members[at] = (key, value);
            _places[at] = place ?? _places[at];
        }

        private int Find(List<(string Key, YamlNode Value)> members, string key)
        {
            if (_table is not null)
                return _table.TryGetValue(key, out var at) ? at : -1;
            for (var index = 0; index < members.Count; index++)
            {
                if (members[index].Key == key)
                    return index;
            }

            return -1;
        }
    }
}
