using System.Text.Json.Nodes;
using MultiCluster.Api.Watches;
using MultiCluster.Resources;

namespace MultiCluster.Benchmarks.Measuring;

/// <summary>What the servers have, as the events tell it.</summary>
internal sealed class RebuiltState
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, KubeWatchEvent> _objects = [];

    /// <summary>Events so far.</summary>
    public long Events { get; private set; }

    /// <summary>Events that cannot follow those before: of an object that is there already, or is not there, or has that version already.</summary>
    public long Contradictions { get; private set; }

    public ValueTask Take(IReadOnlyList<KubeWatchEvent> events, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            foreach (var happened in events)
                Take(happened);
        }

        return default;
    }

    /// <summary>How many objects are only here, only there, or not the same.</summary>
    public int Compare(IReadOnlyDictionary<string, JsonNode> there)
    {
        lock (_gate)
            return _objects.Keys.Count(key => !there.ContainsKey(key)) + there.Count(pair => !_objects.TryGetValue(pair.Key, out var known) || !IsSame(known, pair.Value));
    }

    private void Take(KubeWatchEvent happened)
    {
        Events++;
        var key = $"{happened.ClusterName}/{happened.Namespace}/{happened.Name}";
        var known = _objects.GetValueOrDefault(key);
        if (happened.Type == WatchEventType.Added ? known is not null : known is null || known.Object.Uid != happened.Object.Uid)
            Contradictions++;
        if (happened.Type == WatchEventType.Modified && known?.Object.ResourceVersion == happened.Object.ResourceVersion)
            Contradictions++;
        if (happened.Type == WatchEventType.Deleted)
            _objects.Remove(key);
        else
            _objects[key] = happened;
    }

    // An item of a list does not say what it is; an event does.
    private static bool IsSame(KubeWatchEvent known, JsonNode listed)
    {
        var json = JsonNode.Parse(known.Object.ToJson())!.AsObject();
        var item = listed.DeepClone().AsObject();
        foreach (var name in new[] { "kind", "apiVersion" })
        {
            json.Remove(name);
            item.Remove(name);
        }

        return JsonNode.DeepEquals(json, item);
    }
}
