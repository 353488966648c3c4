using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Data;

/// <summary>Events about the pods, served by both API groups under the same names as on a server.</summary>
internal static class EventData
{
    public static void Add(World world)
    {
        if (world.Pods.Count == 0) return;
        var count = world.Options.Events ?? (world.Options.Pods / 2);
        // What goes wrong is what events are about.
        var pods = world.Pods.OrderBy(p => p.IsReady).ToList();
        for (var i = 0; i < count; i++) AddOne(world, pods[i % pods.Count]);
    }

    private static void AddOne(World world, PodFacts pod)
    {
        var (type, reason, message, source) = pod.State switch
        {
            PodState.CrashLoop => ("Warning", "BackOff", $"Back-off restarting failed container {pod.App} in pod {pod.Name}", "kubelet"),
            PodState.ImagePull => ("Warning", "Failed", "Error: ImagePullBackOff", "kubelet"),
            PodState.Pending => ("Warning", "FailedScheduling", $"0/{world.NodeCount} nodes are available: {world.NodeCount} Insufficient cpu.", "default-scheduler"),
            PodState.NotReady => ("Warning", "Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 503", "kubelet"),
            PodState.Evicted => ("Warning", "Evicted", "The node was low on resource: memory.", "kubelet"),
            PodState.Terminating => ("Normal", "Killing", $"Stopping container {pod.App}", "kubelet"),
            _ => world.Random.Pick(
            [
                ("Normal", "Scheduled", $"Successfully assigned {pod.Namespace}/{pod.Name} to {pod.Node}", "default-scheduler"),
                ("Normal", "Started", $"Started container {pod.App}", "kubelet"),
            ]),
        };
        var last = TimeSpan.FromSeconds(world.Random.Between(5, 3600));
        var first = last + TimeSpan.FromMinutes(world.Random.Between(0, 90));
        var count = reason is "BackOff" or "Unhealthy" ? world.Random.Between(2, 400) : 1;
        var name = $"{pod.Name}.{world.Random.Hex(16)}";
        var uid = world.NewUid();
        var about = $"{{\"kind\":\"Pod\",\"namespace\":\"{pod.Namespace}\",\"name\":\"{pod.Name}\",\"uid\":\"{pod.Uid}\",\"apiVersion\":\"v1\",\"resourceVersion\":\"100\",\"fieldPath\":\"spec.containers{{{pod.App}}}\"}}";
        var host = source == "kubelet" && pod.Node.Length > 0 ? $",\"host\":\"{pod.Node}\"" : "";
        world.Add(
            new Draft("events", pod.Namespace, name)
            {
                Age = first,
                Body = $$$"""
                    "involvedObject": {{{about}}}, "reason": "{{{reason}}}", "message": "{{{message}}}", "source": { "component": "{{{source}}}" {{{host}}} },
                    "firstTimestamp": "{{{world.Ago(first)}}}", "lastTimestamp": "{{{world.Ago(last)}}}", "count": {{{count}}}, "type": "{{{type}}}", "eventTime": null,
                    "reportingComponent": "{{{source}}}", "reportingInstance": "{{{pod.Node}}}"
                    """,
            },
            uid);
        world.Add(
            new Draft("events.events.k8s.io", pod.Namespace, name)
            {
                Age = first,
                Body = $$$"""
                    "eventTime": "{{{Timestamp.Micro(world.Now - first)}}}", "reportingController": "{{{source}}}", "reportingInstance": "{{{pod.Node}}}", "reason": "{{{reason}}}",
                    "regarding": {{{about}}}, "note": "{{{message}}}", "type": "{{{type}}}", "deprecatedSource": { "component": "{{{source}}}" {{{host}}} },
                    "deprecatedFirstTimestamp": "{{{world.Ago(first)}}}", "deprecatedLastTimestamp": "{{{world.Ago(last)}}}", "deprecatedCount": {{{count}}}
                    """,
            },
            uid);
    }
}
