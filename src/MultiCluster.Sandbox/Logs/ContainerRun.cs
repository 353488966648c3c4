using System.Globalization;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;

namespace MultiCluster.Sandbox.Logs;

/// <summary>One run of a container, as a pod's status tells of it.</summary>
/// <param name="Attempt">Which run: how often the container was restarted before.</param>
/// <param name="Started">When it began.</param>
/// <param name="Finished">When it ended; null while it runs.</param>
internal sealed record ContainerRun(int Attempt, DateTimeOffset Started, DateTimeOffset? Finished)
{
    public bool IsRunning => Finished is null;

    /// <summary>The run whose log a request means (kubelet's validateContainerLogStatus).</summary>
    /// <exception cref="StatusError">400: there is no such log.</exception>
    public static ContainerRun Of(JsonNode pod, string container, bool previous)
    {
        var name = pod["metadata"]!["name"];
        var status = StatusOf(pod, container) ?? throw StatusError.BadRequest($"container \"{container}\" in pod \"{name}\" is not available");
        var attempt = status["restartCount"]?.GetValue<int>() ?? 0;
        var state = status["state"];
        var last = status["lastState"]?["terminated"];
        if (previous)
        {
            if (last is null) throw StatusError.BadRequest($"previous terminated container \"{container}\" in pod \"{name}\" not found");
            return Ended(LastAttempt(state, attempt), last);
        }
        if (state?["running"] is { } running) return new ContainerRun(attempt, Time(running["startedAt"]), null);
        if (state?["terminated"] is { } terminated) return Ended(attempt, terminated);
        if (last is not null) return Ended(LastAttempt(state, attempt), last);
        var why = state?["waiting"]?["reason"]?.ToString() switch
        {
            null => " - no logs yet",
            "ErrImagePull" => ": image can't be pulled",
            "ImagePullBackOff" => ": trying and failing to pull image",
            var reason => $": {reason}",
        };
        throw StatusError.BadRequest($"container \"{container}\" in pod \"{name}\" is waiting to start{why}");
    }

    /// <summary>A container's status: it may be one of several kinds.</summary>
    public static JsonNode? StatusOf(JsonNode pod, string container)
    {
        string[] lists = ["containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses"];
        return lists.SelectMany(list => pod["status"]?[list]?.AsArray() ?? []).FirstOrDefault(s => s?["name"]?.ToString() == container);
    }

    // The count goes up when the container is started again: one that waits for that has the count of the run before.
    private static int LastAttempt(JsonNode? state, int attempt) => state?["waiting"] is null ? Math.Max(0, attempt - 1) : attempt;

    private static ContainerRun Ended(int attempt, JsonNode terminated) => new(attempt, Time(terminated["startedAt"]), Time(terminated["finishedAt"]));

    private static DateTimeOffset Time(JsonNode? time) =>
        DateTimeOffset.TryParse(time?.ToString(), CultureInfo.InvariantCulture, out var parsed) ? parsed : DateTimeOffset.UnixEpoch;
}
