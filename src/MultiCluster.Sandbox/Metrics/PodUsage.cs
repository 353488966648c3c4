using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Metrics;

/// <summary>What a pod's containers use, as metrics-server keeps it: of pods alone whose containers all run.</summary>
/// <param name="Node">The node that it runs on.</param>
/// <param name="Labels">Its labels, as JSON.</param>
/// <param name="IsNew">True for one that has not been measured twice yet, which metrics-server leaves out.</param>
/// <param name="Containers">What each container uses.</param>
internal sealed record PodUsage(string Node, string? Labels, bool IsNew, IReadOnlyList<(string Name, Usage Used)> Containers)
{
    /// <summary>One of so many is new.</summary>
    private const uint NewOf = 29;

    // Pods are read once for all requests: what one uses does not change while the object is the same.
    private static readonly ConditionalWeakTable<StoredObject, StrongBox<PodUsage?>> Known = [];

    /// <summary>Null for a pod of which there are no values.</summary>
    public static PodUsage? Of(StoredObject pod, int seed) => Known.GetValue(pod, one => new(Read(one, seed))).Value;

    private static PodUsage? Read(StoredObject pod, int seed)
    {
        using var json = JsonDocument.Parse(pod.Body);
        var root = json.RootElement;
        if (!root.TryGetProperty("spec", out var spec) || !root.TryGetProperty("status", out var status) || Text(status, "phase") != "Running") return null;
        var containers = new List<(string, Usage)>();
        foreach (var (container, sidecar) in Elements(spec, "containers").Select(c => (c, false)).Concat(Elements(spec, "initContainers").Where(c => Text(c, "restartPolicy") == "Always").Select(c => (c, true))))
        {
            var name = Text(container, "name") ?? "";
            var known = Elements(status, sidecar ? "initContainerStatuses" : "containerStatuses").FirstOrDefault(s => Text(s, "name") == name);
            if (known.ValueKind != JsonValueKind.Object || !known.TryGetProperty("state", out var state) || !state.TryGetProperty("running", out _)) return null;
            containers.Add((name, UsageOf(container, Chance.Of(seed, $"{pod.Key}/{name}"))));
        }
        var labels = root.GetProperty("metadata").TryGetProperty("labels", out var found) ? found.GetRawText() : null;
        return new PodUsage(Text(spec, "nodeName") ?? "", labels, Chance.Of(seed, $"{pod.Key} new") % NewOf == 0, containers);
    }

    /// <summary>A tenth to nine tenths of what is requested; one of twelve takes more processor than that.</summary>
    private static Usage UsageOf(JsonElement container, uint chance)
    {
        var cpu = Requested(container, "cpu") ?? 0.025m;
        var memory = Requested(container, "memory") ?? 64L << 20;
        var share = chance % 12 == 0 ? 1.1m + (chance % 70 / 100m) : 0.1m + (chance % 75 / 100m);
        return new Usage((long)(cpu * share * 1e9m) + (chance % 1000), (long)(memory * (0.35m + (chance / 7 % 55 / 100m)) / 1024));
    }

    private static decimal? Requested(JsonElement container, string resource) =>
        container.TryGetProperty("resources", out var resources) && resources.TryGetProperty("requests", out var requests) && Text(requests, resource) is { } quantity ? Usage.Number(quantity) : null;

    private static JsonElement.ArrayEnumerator Elements(JsonElement item, string list) => item.TryGetProperty(list, out var found) ? found.EnumerateArray() : default;

    private static string? Text(JsonElement item, string name) => item.TryGetProperty(name, out var value) ? value.ToString() : null;
}

/// <summary>Numbers that look like chance and are the same every time.</summary>
internal static class Chance
{
    /// <summary>FNV-1a, whose upper bits are the better ones.</summary>
    public static uint Of(int seed, string text)
    {
        var hash = 2_166_136_261u ^ (uint)seed;
        foreach (var one in Encoding.UTF8.GetBytes(text)) hash = (hash ^ one) * 16_777_619u;
        return hash >> 4;
    }
}
