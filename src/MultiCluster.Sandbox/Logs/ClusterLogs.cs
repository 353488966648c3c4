using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Logs;

/// <summary>The logs of a cluster's containers, and how its kubelets serve them. Safe for concurrent use.</summary>
public sealed class ClusterLogs
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Uid, string Container, int Attempt), ContainerLog> _logs = [];
    private readonly ClusterStore _store;
    private int _most = 64;

    internal ClusterLogs(ClusterStore store, double linesPerSecond)
    {
        _store = store;
        LinesPerSecond = linesPerSecond;
    }

    /// <summary>How many lines a second the containers write whose log nobody has looked at yet.</summary>
    public double LinesPerSecond { get; set; }

    /// <summary>Bytes after which a log file is rotated: requests read the current file alone. 1 MiB by default; a kubelet's is 10 MiB.</summary>
    public long RotateAt { get; set; } = 1024 * 1024;

    /// <summary>True to end a request that follows when its file is rotated, as Docker's log driver did; by default it goes on in the next file.</summary>
    public bool FollowEndsWithFile { get; set; }

    /// <summary>True to write timestamps without their trailing zeros, as older runtimes did; by default they have nine digits.</summary>
    public bool TrimsTimestamps { get; set; }

    /// <summary>The time zone of the nodes, which shows in the timestamps. UTC by default.</summary>
    public TimeSpan UtcOffset { get; set; }

    internal DateTimeOffset Now => _store.Time.GetUtcNow();

    /// <summary>The log of a container's present run (or, when it waits to be restarted, of its last).</summary>
    /// <exception cref="InvalidOperationException">There is no such pod, or the container has not run.</exception>
    public ContainerLog Of(string ns, string pod, string container)
    {
        var found = Pod(ns, pod);
        try
        {
            return Of(found, container, ContainerRun.Of(found.ToJson(), container, previous: false));
        }
        catch (StatusError e)
        {
            throw new InvalidOperationException(e.Message, e);
        }
    }

    /// <summary>Starts a container, or starts it again; a run that was under way ends with an exit code.</summary>
    public void Start(string ns, string pod, string container, int exitCode = 1) => Change(ns, pod, container, status =>
    {
        var before = status["state"]?["running"] is null ? status["state"]?["terminated"] ?? status["lastState"]?["terminated"] : Terminated(status, exitCode);
        if (before is not null)
        {
            status["restartCount"] = (status["restartCount"]?.GetValue<int>() ?? 0) + 1;
            status["lastState"] = new JsonObject { ["terminated"] = before.DeepClone() };
        }
        status["state"] = new JsonObject { ["running"] = new JsonObject { ["startedAt"] = Timestamp.Of(Now) } };
        status["containerID"] = $"containerd://{Guid.NewGuid():n}{Guid.NewGuid():n}";
        status["ready"] = true;
    });

    /// <summary>Ends a container.</summary>
    public void End(string ns, string pod, string container, int exitCode = 0) => Change(ns, pod, container, status =>
    {
        status["state"] = new JsonObject { ["terminated"] = Terminated(status, exitCode) };
        status["ready"] = false;
    });

    internal ContainerLog Of(StoredObject pod, string container, ContainerRun run)
    {
        lock (_lock)
        {
            var key = (pod.Uid, container, run.Attempt);
            if (_logs.TryGetValue(key, out var log)) return log;
            if (_logs.Count >= _most) Forget();
            return _logs[key] = new ContainerLog(this, new LogGenerator(new LogLines(Seed(container)), LinesPerSecond, run.Started, run.Finished));
        }
    }

    // The logs of pods that are gone.
    private void Forget()
    {
        var uids = _store.List("pods").Select(p => p.Uid).ToHashSet();
        foreach (var key in _logs.Keys.Where(k => !uids.Contains(k.Uid)).ToList()) _logs.Remove(key);
        _most = Math.Max(64, 2 * _logs.Count);
    }

    private void Change(string ns, string pod, string container, Action<JsonObject> change)
    {
        var json = Pod(ns, pod).ToJson();
        var status = ContainerRun.StatusOf(json, container)?.AsObject() ?? AddStatus(json, container);
        change(status);
        _store.Replace(json);
    }

    private JsonObject Terminated(JsonObject status, int exitCode) => new()
    {
        ["exitCode"] = exitCode,
        ["reason"] = exitCode == 0 ? "Completed" : "Error",
        ["startedAt"] = status["state"]?["running"]?["startedAt"]?.DeepClone() ?? Timestamp.Of(Now),
        ["finishedAt"] = Timestamp.Of(Now),
        ["containerID"] = status["containerID"]?.DeepClone(),
    };

    private static JsonObject AddStatus(JsonObject pod, string container)
    {
        var added = new JsonObject { ["name"] = container, ["state"] = new JsonObject(), ["lastState"] = new JsonObject(), ["restartCount"] = 0 };
        if (pod["status"] is not JsonObject status) pod["status"] = status = [];
        status["phase"] = "Running";
        if (status["containerStatuses"] is not JsonArray statuses) status["containerStatuses"] = statuses = [];
        statuses.Add(added);
        return added;
    }

    private StoredObject Pod(string ns, string pod) =>
        _store.Find("pods", ns, pod) ?? throw new InvalidOperationException($"Pod {ns}/{pod} not found.");

    private static int Seed(string container) => container.Aggregate(17, (seed, c) => unchecked((seed * 31) + c));
}
