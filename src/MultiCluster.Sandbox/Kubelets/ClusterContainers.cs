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
    internal const string NoImage = "registry.example.com/no-such-image";

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Uid, string Name), Container> _containers = [];
    private readonly Dictionary<(string Uid, string Name), MainProgram> _mains = [];
    private readonly List<(Func<string, string, string, string, bool> Matches, ContainerOptions Options)> _options = [];
    private readonly ClusterStore _store;
    private int _most = 64;

    internal ClusterContainers(ClusterStore store, string version) =>
        (_store, Protocols, NeedCreate) = (store, StreamProtocols.Of(version), StreamProtocols.NeedCreate(version));

    /// <summary>The subprotocols that are spoken (<see cref="StreamProtocols"/>): v4 alone before Kubernetes 1.30.</summary>
    public IReadOnlyList<string> Protocols { get; set; }

    /// <summary>Whether a stream needs the verb create, whatever the method.</summary>
    internal bool NeedCreate { get; }

    internal string UnpullableImage { get; init; } = NoImage;

    /// <summary>What containers of an image are made of that nothing else is said of.</summary>
    internal Func<string, ContainerOptions?>? Image { get; init; }

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
        return Of(found, found.ToJson(), container) is SimulatedContainer simulated ? simulated.Files : throw new InvalidOperationException("It runs processes of this machine.");
    }

    public async ValueTask DisposeAsync()
    {
        List<string> uids;
        lock (_lock) uids = [.. _containers.Keys.Select(key => key.Uid).Distinct()];
        foreach (var uid in uids) await ForgetAsync(uid);
    }

    internal bool IsUnpullable(string image) => image.StartsWith(UnpullableImage, StringComparison.Ordinal);

    internal Container Of(StoredObject pod, JsonNode json, string name)
    {
        lock (_lock)
        {
            if (_containers.TryGetValue((pod.Uid, name), out var container)) return container;
            if (_containers.Count >= _most) ForgetGone();
            var spec = PodContainers.Find(json, name) ?? throw new InvalidOperationException($"Pod {pod.Namespace}/{pod.Name} has no container {name}.");
            var image = spec["image"]?.ToString() ?? "";
            var options = _options.LastOrDefault(o => o.Matches(pod.Namespace, pod.Name, name, image)).Options ?? Image?.Invoke(image) ?? new ContainerOptions();
            return _containers[(pod.Uid, name)] = options.RunsProcesses
                ? new ProcessContainer(pod.Name, options, PodContainers.Environment(spec))
                : new SimulatedContainer(pod.Name, options, PodContainers.Environment(spec), PodContainers.Ports(json), _store.Time);
        }
    }

    /// <summary>The program that a container was started for; null for one that has none here, and only writes its log.</summary>
    internal MainProgram? MainOf(StoredObject pod, JsonNode json, string name, ClusterLogs logs)
    {
        var container = Of(pod, json, name);
        lock (_lock)
        {
            if (_mains.TryGetValue((pod.Uid, name), out var main)) return main;
            if (PodContainers.MainOf(PodContainers.Find(json, name)!) is not { } options || !container.Has(options.Command[0])) return null;
            var log = logs.Of(pod.Namespace, pod.Name, name);
            log.LinesPerSecond = 0;
            var lines = new LogLineWriter(log);
            _mains[(pod.Uid, name)] = main = new MainProgram(container, options, lines.Write);
            _ = EndAsync(main);
            return main;

            async Task EndAsync(MainProgram running)
            {
                var exitCode = await running.Exit;
                lines.End();
                if (_store.Find("pods", pod.Namespace, pod.Name) is { } now && now.Uid == pod.Uid) logs.End(pod.Namespace, pod.Name, name, exitCode);
            }
        }
    }

    /// <summary>Ends and removes what is left of a pod, if it is gone.</summary>
    internal Task ForgetIfGoneAsync(StoredObject pod) =>
        _store.Find("pods", pod.Namespace, pod.Name)?.Uid == pod.Uid ? Task.CompletedTask : ForgetAsync(pod.Uid);

    /// <summary>Ends and removes what is left of a pod that is gone.</summary>
    internal async Task ForgetAsync(string uid)
    {
        List<IAsyncDisposable> gone;
        lock (_lock)
        {
            gone = [.. _mains.Where(m => m.Key.Uid == uid).Select(m => m.Value), .. _containers.Where(c => c.Key.Uid == uid).Select(c => c.Value)];
            foreach (var key in _containers.Keys.Where(key => key.Uid == uid).ToList())
            {
                _mains.Remove(key);
                _containers.Remove(key);
            }
        }
        foreach (var one in gone) await one.DisposeAsync();
    }

    // The containers of pods that are gone.
    private void ForgetGone()
    {
        var uids = _store.List("pods").Select(pod => pod.Uid).ToHashSet();
        foreach (var uid in _containers.Keys.Select(key => key.Uid).Where(uid => !uids.Contains(uid)).Distinct().ToList()) _ = ForgetAsync(uid);
        _most = Math.Max(64, 2 * _containers.Count);
    }

    private void Use(Func<string, string, string, string, bool> matches, ContainerOptions options)
    {
        lock (_lock) _options.Add((matches, options));
    }
}
