using System.Globalization;
using System.Text.Json;

namespace MultiCluster.Sandbox.Tables;

/// <summary>A pod's computed cells, as the server's printer has them (pkg/printers/internalversion printPod).</summary>
internal static class PodCells
{
    public static string Ready(JsonElement pod)
    {
        var total = Items(pod, "spec", "containers").Count;
        var ready = Items(pod, "status", "containerStatuses").Count(c => c.TryGetProperty("ready", out var r) && r.ValueKind == JsonValueKind.True);
        return $"{ready}/{total}";
    }

    public static string Restarts(JsonElement pod) =>
        Items(pod, "status", "containerStatuses").Concat(Items(pod, "status", "initContainerStatuses"))
            .Sum(c => c.TryGetProperty("restartCount", out var n) ? n.GetInt64() : 0).ToString(CultureInfo.InvariantCulture);

    public static string Reason(JsonElement pod)
    {
        var reason = Text(pod, "status", "reason") ?? Text(pod, "status", "phase") ?? "";
        var init = Items(pod, "status", "initContainerStatuses");
        var initializing = init.FindIndex(c => Text(c, "state", "terminated", "exitCode") != "0");
        if (initializing >= 0)
        {
            var why = Text(init[initializing], "state", "terminated", "reason") ?? Text(init[initializing], "state", "waiting", "reason");
            reason = why is null or "PodInitializing" ? $"Init:{initializing}/{init.Count}" : $"Init:{why}";
        }
        else
        {
            foreach (var container in Items(pod, "status", "containerStatuses").AsEnumerable().Reverse())
                reason = Text(container, "state", "waiting", "reason") ?? Text(container, "state", "terminated", "reason") ?? reason;
        }
        return pod.GetProperty("metadata").TryGetProperty("deletionTimestamp", out _) ? "Terminating" : reason;
    }

    private static List<JsonElement> Items(JsonElement pod, string part, string list) =>
        pod.TryGetProperty(part, out var element) && element.TryGetProperty(list, out var array) && array.ValueKind == JsonValueKind.Array
            ? [.. array.EnumerateArray()]
            : [];

    private static string? Text(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element)) return null;
        return element.ToString() is { Length: > 0 } text ? text : null;
    }
}
