using System.Globalization;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Workloads;

/// <summary>What a Deployment's status says of its availability and its progress (pkg/controller/deployment/progress.go).</summary>
internal sealed class DeploymentConditions(JsonObject deployment, JsonObject status, DateTimeOffset now)
{
    private const string Progressing = "Progressing";
    private const string Done = "NewReplicaSetAvailable";
    private const string TimedOut = "ProgressDeadlineExceeded";

    private readonly int _deadline = deployment["spec"]!["progressDeadlineSeconds"].AsInt() ?? 600;

    public void SetAvailable(bool available) => Set(
        "Available",
        available ? "True" : "False",
        available ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
        available ? "Deployment has minimum availability." : "Deployment does not have minimum availability.",
        refresh: false);

    /// <summary>Says how the rollout goes on.</summary>
    /// <param name="before">The status before.</param>
    /// <param name="current">The current ReplicaSet's name; null when there is none.</param>
    /// <param name="created">True when it was made just now.</param>
    public void SetProgress(JsonObject before, string? current, bool created)
    {
        var paused = deployment["spec"]!["paused"].AsBool() == true;
        var reason = Find(Progressing)?["reason"]?.ToString();
        if (paused || reason == "DeploymentPaused")
        {
            if (reason == TimedOut) return;
            if (paused) Set(Progressing, "Unknown", "DeploymentPaused", "Deployment is paused", refresh: false);
            else Set(Progressing, "Unknown", "DeploymentResumed", "Deployment is resumed", refresh: true);
            return;
        }
        var name = current is null ? $"Deployment \"{deployment["metadata"]!["name"]}\"" : $"ReplicaSet \"{current}\"";
        if (created) Set(Progressing, "True", "NewReplicaSetCreated", $"Created new replica set \"{current}\"", refresh: true);
        else if (reason is null && current is not null) Set(Progressing, "True", "FoundNewReplicaSet", $"Found new replica set \"{current}\"", refresh: true);
        if (Count(status, "replicas") == Count(status, "updatedReplicas") && reason == Done && !created) return;
        if (IsComplete) Set(Progressing, "True", Done, $"{name} has successfully progressed.", refresh: true);
        else if (HasProgressed(before) && !created) Set(Progressing, "True", "ReplicaSetUpdated", $"{name} is progressing.", refresh: true);
        else if (IsLate) Set(Progressing, "False", TimedOut, $"{name} has timed out progressing.", refresh: false);
    }

    /// <summary>True when everything is of the present template and available (deploymentutil.DeploymentComplete).</summary>
    public bool IsComplete
    {
        get
        {
            var wanted = deployment["spec"]!["replicas"].AsInt() ?? 1;
            return Count(status, "updatedReplicas") == wanted && Count(status, "replicas") == wanted && Count(status, "availableReplicas") == wanted;
        }
    }

    /// <summary>When it is late unless it gets on; null when that is not waited for.</summary>
    public TimeSpan? Left
    {
        get
        {
            if (Find(Progressing) is not { } condition || condition["reason"]?.ToString() is Done or TimedOut or "DeploymentPaused") return null;
            var left = UpdatedAt(condition) + TimeSpan.FromSeconds(_deadline) - now;
            return left > TimeSpan.Zero ? left : TimeSpan.FromSeconds(1);
        }
    }

    private bool IsLate => Find(Progressing) is { } condition && (condition["reason"]?.ToString() == TimedOut || UpdatedAt(condition) + TimeSpan.FromSeconds(_deadline) <= now);

    private bool HasProgressed(JsonObject before) =>
        Count(status, "updatedReplicas") > Count(before, "updatedReplicas")
        || Count(status, "replicas") - Count(status, "updatedReplicas") < Count(before, "replicas") - Count(before, "updatedReplicas")
        || Count(status, "readyReplicas") > Count(before, "readyReplicas")
        || Count(status, "availableReplicas") > Count(before, "availableReplicas");

    private static DateTimeOffset UpdatedAt(JsonNode condition) =>
        DateTimeOffset.TryParse((condition["lastUpdateTime"] ?? condition["lastTransitionTime"])?.ToString(), CultureInfo.InvariantCulture, out var at) ? at : default;

    private static int Count(JsonObject status, string name) => status[name].AsInt() ?? 0;

    private JsonNode? Find(string type) => (status["conditions"] as JsonArray)?.FirstOrDefault(c => c!["type"]?.ToString() == type);

    private void Set(string type, string state, string reason, string message, bool refresh)
    {
        if (status["conditions"] is not JsonArray conditions) status["conditions"] = conditions = [];
        var before = Find(type);
        if (before is not null && before["status"]?.ToString() == state && before["reason"]?.ToString() == reason && !refresh) return;
        var since = before?["status"]?.ToString() == state ? before["lastTransitionTime"]?.DeepClone() : null;
        if (before is not null) conditions.Remove(before);
        conditions.Add(new JsonObject
        {
            ["type"] = type,
            ["status"] = state,
            ["lastUpdateTime"] = Timestamp.Of(now),
            ["lastTransitionTime"] = since ?? Timestamp.Of(now),
            ["reason"] = reason,
            ["message"] = message,
        });
    }
}
