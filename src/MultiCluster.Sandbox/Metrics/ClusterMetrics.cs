using System.Collections.Concurrent;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Metrics;

/// <summary>
/// What metrics-server tells of a cluster (<c>metrics.k8s.io/v1beta1</c>): what each running pod and each ready node uses. Values follow from
/// the names and the seed, below what is requested mostly; they can be set, and left out, for each. May be changed at any time.
/// </summary>
public sealed class ClusterMetrics
{
    /// <summary>How often metrics-server measures.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private readonly ClusterStore _store;
    private readonly ConcurrentDictionary<(string Kind, string Namespace, string Name), Usage?> _set = new();

    internal ClusterMetrics(ClusterStore store, int seed, bool served)
    {
        _store = store;
        Seed = seed;
        IsServed = served;
    }

    /// <summary>Whether the cluster has a metrics-server: without one, discovery does not list its kinds, and they answer 404.</summary>
    public bool IsServed
    {
        get => _store.Kinds.All.Contains(MetricKinds.Nodes);
        set
        {
            foreach (var kind in MetricKinds.All)
            {
                if (value) _store.Kinds.Restore(kind);
                else _store.Kinds.Undefine(kind);
            }
        }
    }

    /// <summary>How much older than usual the values are, as of a metrics-server that does not get at its kubelets any more.</summary>
    public TimeSpan Delay { get; set; }

    internal int Seed { get; }

    /// <summary>Says what a container uses: <c>cpu</c> as 250m, <c>memory</c> as 64Mi.</summary>
    public void SetContainer(string ns, string pod, string container, string cpu, string memory) =>
        _set[("container", ns, $"{pod}/{container}")] = Usage.Parse(cpu, memory);

    /// <summary>Says what a node uses; else that is what its pods use and some more.</summary>
    public void SetNode(string name, string cpu, string memory) => _set[("node", "", name)] = Usage.Parse(cpu, memory);

    /// <summary>Leaves a pod out, as one that has just started.</summary>
    public void OmitPod(string ns, string name) => _set[("pod", ns, name)] = null;

    /// <summary>Leaves a node out.</summary>
    public void OmitNode(string name) => _set[("node", "", name)] = null;

    internal bool IsOmitted(string kind, string ns, string name) => _set.TryGetValue((kind, ns, name), out var usage) && usage is null;

    internal Usage? Given(string kind, string ns, string name) => _set.GetValueOrDefault((kind, ns, name));
}
