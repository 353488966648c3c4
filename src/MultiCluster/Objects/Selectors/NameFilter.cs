using MultiCluster.Faults;

namespace MultiCluster.Objects.Selectors;

/// <summary>
/// The names that somebody asks for. Exact names are one request each; as soon as one has a wildcard (<c>*</c>, <c>?</c>,
/// <c>[a-c]</c>), the kind is listed and filtered here, since Kubernetes knows no patterns.
/// </summary>
internal sealed class NameFilter
{
    private readonly List<NamePattern> _patterns = [];
    private readonly HashSet<string> _exact = new(StringComparer.Ordinal);

    /// <summary>The filter of <paramref name="names"/>; none at all selects everything.</summary>
    /// <exception cref="FaultException">A name without wildcard can name no object (Invalid).</exception>
    public NameFilter(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var exact = new List<string>();
        foreach (var name in names)
        {
            if (IsPattern(name))
                _patterns.Add(new NamePattern(name));
            else if (_exact.Add(ResourceName.Check(name)))
                exact.Add(name);
        }

        Exact = exact;
    }

    /// <summary>The names without wildcards, each once.</summary>
    public IReadOnlyList<string> Exact { get; }

    /// <summary>True when no name was given.</summary>
    public bool IsEmpty => _patterns.Count == 0 && Exact.Count == 0;

    /// <summary>True when objects have to be listed: some name has a wildcard, or there is no name.</summary>
    public bool NeedsList => _patterns.Count > 0 || Exact.Count == 0;

    /// <summary>True when <paramref name="name"/> is given or fits a pattern. Patterns ignore case, as <c>-like</c> does.</summary>
    public bool Matches(string name) => IsEmpty || _exact.Contains(name) || _patterns.Exists(pattern => pattern.IsMatch(name));

    /// <summary>True when <paramref name="name"/> has a wildcard.</summary>
    public static bool IsPattern(string name) => new NamePattern(name).Literal is null;
}
