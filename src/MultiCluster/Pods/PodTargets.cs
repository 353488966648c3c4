using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Pods;

/// <summary>What a query asks for, taken apart: pods by their names, and what has pods.</summary>
internal sealed class PodTargets
{
    private readonly ILookup<string, KubeObject> _objects;
    private int _found;

    /// <exception cref="FaultException">A name can name no object (Invalid).</exception>
    public PodTargets(PodQuery query)
    {
        Query = query;
        var plain = query.Names.Where(static name => !name.Contains('/', StringComparison.Ordinal)).ToArray();
        Pods = new NameFilter(plain);
        WantsPods = plain.Length > 0 || (query.Names.Count == 0 && query.Objects.Count == 0);
        Owners = [.. query.Names.Where(static name => name.Contains('/', StringComparison.Ordinal)).Select(Owner)];
        _objects = query.Objects.ToLookup(static item => item.ClusterId, StringComparer.Ordinal);
    }

    /// <summary>What is asked for.</summary>
    public PodQuery Query { get; }

    /// <summary>Pods by their names; all that fit the selectors when it is empty.</summary>
    public NameFilter Pods { get; }

    /// <summary>True when pods are asked for by name, or all.</summary>
    public bool WantsPods { get; }

    /// <summary>What has pods, by kind and name.</summary>
    public IReadOnlyList<(string Kind, NameFilter Names)> Owners { get; }

    /// <summary>True when the selectors have left no pod on any cluster that has been asked.</summary>
    public bool NothingFits => (Query.LabelSelector ?? Query.FieldSelector) is not null && Volatile.Read(ref _found) == 0;

    /// <summary>The names and selectors by which no pod was found on any cluster that has been asked; null when one was, or none were given.</summary>
    public string? Unfit
    {
        get
        {
            string[] given = [.. Query.Names, .. new[] { Query.LabelSelector, Query.FieldSelector }.OfType<string>()];
            return Volatile.Read(ref _found) == 0 && given.Length > 0 ? string.Join(" and ", given.Select(CommandText.Quoted)) : null;
        }
    }

    /// <summary>So many pods fit on a cluster.</summary>
    public void Found(int pods) => Interlocked.Add(ref _found, pods);

    /// <summary>The objects of one cluster.</summary>
    public IEnumerable<KubeObject> ObjectsOf(string clusterId) => _objects[clusterId];

    private static (string Kind, NameFilter Names) Owner(string text)
    {
        var at = text.LastIndexOf('/');
        var (kind, name) = (text[..at], text[(at + 1)..]);
        if (kind.Length == 0 || name.Length == 0)
            throw new FaultException(FaultPhase.Invalid, $"'{text}' names nothing", "Write kind/name, as deployment/web or node/worker-1, or the name of a pod.");
        return (kind, new NameFilter([name]));
    }
}
