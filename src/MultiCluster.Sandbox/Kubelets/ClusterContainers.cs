using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Containers;
using MultiCluster.Sandbox.Logs;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Kubelets;

/// <summary>
/// The containers of a cluster's pods: what can be run in them, and their files. Each is made when something is first done in it, and goes with its
/// pod or with the cluster. Safe for concurrent use.
/// </summary>
public sealed class ClusterContainers : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Uid, string Name), SimulatedContainer> _containers = [];
    private readonly List<(Func<string, string, string, string, bool> Matches, ContainerOptions Options)> _options = [];
    private readonly ClusterStore _store;

    internal ClusterContainers(ClusterStore store, string version) => (_store, Protocols) = (store, StreamProtocols.Of(version));

    /// <summary>The subprotocols that are spoken (<see cref="StreamProtocols"/>): v4 alone before Kubernetes 1.30.</summary>
    public IReadOnlyList<string> Protocols { get; set; }

    /// <summary>Says what containers of an image are made of, those made from now on.</summary>
    public void UseForImage(string image, ContainerOptions options) => Use((_, _, _, i) => i == image, options);

    /// <summary>Says what a pod's containers are made of, or the one of a name, those made from now on.</summary>
    public void Use(string ns, string pod, ContainerOptions options, string? container = null) =>
        Use((n, p, c, _) => n == ns && p == pod && (container ?? c) == c, options);

    /// <summary>The files of a pod's container.</summary>
    /// <exception cref="InvalidOperationException">There is no such pod or container.</exception>
    public ContainerFiles FilesOf(string ns, string pod, string container)
    {
        var found = _store.Find("pods", ns, pod) ?? throw new InvalidOperationException($"Pod {ns}/{pod} not found.");
        return Of(found, found.ToJson(), container).Files;
    }

    public async ValueTask DisposeAsync()
    {
        List<SimulatedContainer> all;
        lock (_lock)
        {
            all = [.. _containers.Values];
            _containers.Clear();
        }
        foreach (var container in all) await container.DisposeAsync();
    }

    internal SimulatedContainer Of(StoredObject pod, JsonNode json, string name)
    {
        lock (_lock)
        {
            if (_containers.TryGetValue((pod.Uid, name), out var container)) return container;
            var spec = PodContainers.Find(json, name) ?? throw new InvalidOperationException($"Pod {pod.Namespace}/{pod.Name} has no container {name}.");
            var image = spec["image"]?.ToString() ?? "";
            var options = _options.LastOrDefault(o => o.Matches(pod.Namespace, pod.Name, name, image)).Options ?? new ContainerOptions();
            return _containers[(pod.Uid, name)] = new SimulatedContainer(pod.Name, options, PodContainers.Environment(spec), PodContainers.Ports(json), _store.Time);
        }
    }

    /// <summary>Removes what is left of a pod that is gone.</summary>
    internal async Task ForgetAsync(string uid)
    {
        List<SimulatedContainer> gone;
        lock (_lock)
        {
            var keys = _containers.Keys.Where(key => key.Uid == uid).ToList();
            gone = [.. keys.Select(key => _containers[key])];
            foreach (var key in keys) _containers.Remove(key);
        }
        foreach (var container in gone) await container.DisposeAsync();
    }

    private void Use(Func<string, string, string, string, bool> matches, ContainerOptions options)
    {
        lock (_lock) _options.Add((matches, options));
    }
}
