using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Data;

/// <summary>A cluster being generated: what all generators share.</summary>
internal sealed class World(ClusterStore store, DataOptions options, SeededRandom random)
{
    private readonly List<StoredObject> _objects = [];
    private readonly Dictionary<string, ResourceKind> _kinds = [];
    private long _resourceVersion = store.ResourceVersion;

    public DataOptions Options => options;

    public SeededRandom Random { get; } = random;

    public DateTimeOffset Now { get; } = store.Time.GetUtcNow();

    public int NodeCount { get; } = options.Nodes ?? Math.Max(3, options.Pods / 25);

    /// <summary>Whether it is the cluster that falls behind the others in what Helm has installed.</summary>
    public bool IsBehind => options.Index == 1;

    /// <summary>Every pod generated so far, for endpoints, budgets and events.</summary>
    public List<PodFacts> Pods { get; } = [];

    public string Ago(TimeSpan age) => Timestamp.Of(Now - age);

    public static string NodeName(int index) => $"node-{index + 1}";

    public static string NodeAddress(int index) => $"10.0.{index / 250}.{(index % 250) + 1}";

    /// <summary>An object's uid, given before it is added where others must name it.</summary>
    public string NewUid() => Random.NewGuid().ToString();

    public string Add(Draft draft, string? uid = null)
    {
        if (!_kinds.TryGetValue(draft.Plural, out var kind)) _kinds[draft.Plural] = kind = store.Kinds.Named(draft.Plural);
        uid ??= NewUid();
        var version = ++_resourceVersion;
        _objects.Add(new StoredObject(kind, draft.Namespace, draft.Name, uid, version, JsonMinifier.Minify(draft.ToJson(uid, version, Now))));
        return uid;
    }

    public void Finish() => store.Fill(_objects, _resourceVersion);
}

/// <summary>What other objects must know of a generated pod.</summary>
internal sealed record PodFacts(string Namespace, string Name, string Uid, string App, string Node, string Address, PodState State)
{
    public bool IsReady => State is PodState.Running or PodState.Restarted;
}

/// <summary>What a cluster is filled with.</summary>
internal sealed record DataOptions(int Pods)
{
    /// <summary>Its place among the fleet's clusters.</summary>
    public int Index { get; init; }

    public int? Nodes { get; init; }

    public int? Events { get; init; }

    public int ConfigMaps { get; init; }

    /// <summary>Whether it is a cluster of OpenShift.</summary>
    public bool OpenShift { get; init; }

    /// <summary>The nodes' version.</summary>
    public string Version { get; init; } = "";
}
