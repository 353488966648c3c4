using System.Globalization;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Data;

/// <summary>Events about the pods: counted ones as the kubelet writes them, and series as what has moved to events.k8s.io does.</summary>
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

    /// <summary>What happened last to a pod.</summary>
    public static EventStory StoryOf(PodFacts pod, int nodes, SeededRandom random)
    {
        var busy = $"0/{nodes} nodes are available: {nodes} Insufficient cpu.";
        return pod.State switch
        {
            PodState.CrashLoop => new("Warning", "BackOff", $"Back-off restarting failed container {pod.App} in pod {pod.Name}", Repeats: true),
            PodState.ImagePull => new("Warning", "Failed", "Error: ImagePullBackOff"),
            PodState.Pending => new("Warning", "FailedScheduling", busy, "default-scheduler", "Scheduling", Repeats: true),
            PodState.NotReady => new("Warning", "Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 503", Repeats: true),
            PodState.Evicted => new("Warning", "Evicted", "The node was low on resource: memory."),
            PodState.Terminating => new("Normal", "Killing", $"Stopping container {pod.App}"),
            _ => random.Pick<EventStory>(
            [
                new("Normal", "Scheduled", $"Successfully assigned {pod.Namespace}/{pod.Name} to {pod.Node}", "default-scheduler", "Binding"),
                new("Normal", "Started", $"Started container {pod.App}"),
            ]),
        };
    }

    /// <summary>An event in its reporter's own shape; the times are as the API writes them.</summary>
    public static Draft DraftOf(PodFacts pod, EventStory story, string name, EventTimes times, string count) => new("events", pod.Namespace, name)
    {
        Body = story.Action.Length > 0 ? Series(pod, story, times, count) : Counted(pod, story, times, count),
    };

    private static void AddOne(World world, PodFacts pod)
    {
        var story = StoryOf(pod, world.NodeCount, world.Random);
        var last = TimeSpan.FromSeconds(world.Random.Between(5, 3600));
        var first = last + TimeSpan.FromMinutes(story.Repeats ? world.Random.Between(0, 90) : 0);
        var count = story.Repeats ? world.Random.Between(2, 400) : 1;
        var times = EventTimes.Of(world.Now - first, world.Now - last);
        world.Add(DraftOf(pod, story, $"{pod.Name}.{world.Random.Hex(16)}", times, Number(count)) with { Age = first });
    }

    // client-go/tools/record
    private static string Counted(PodFacts pod, EventStory story, EventTimes times, string count) => $$$"""
        "involvedObject": {{{About(pod, $",\"fieldPath\":\"spec.containers{{{pod.App}}}\"")}}}, "reason": "{{{story.Reason}}}", "message": "{{{story.Message}}}",
        "source": { "component": "{{{story.Reporter}}}" {{{(pod.Node.Length > 0 ? $",\"host\":\"{pod.Node}\"" : "")}}} },
        "firstTimestamp": "{{{times.First}}}", "lastTimestamp": "{{{times.Last}}}", "count": {{{count}}}, "type": "{{{story.Type}}}", "eventTime": null,
        "reportingComponent": "{{{story.Reporter}}}", "reportingInstance": "{{{pod.Node}}}"
        """;

    // client-go/tools/events: no source, no counted times; a series only once it has been seen again.
    private static string Series(PodFacts pod, EventStory story, EventTimes times, string count) => $$$"""
        "involvedObject": {{{About(pod, "")}}}, "reason": "{{{story.Reason}}}", "message": "{{{story.Message}}}", "source": { },
        "firstTimestamp": null, "lastTimestamp": null, "type": "{{{story.Type}}}", "eventTime": "{{{times.FirstMicro}}}",
        {{{(count == "1" ? "" : $"\"series\": {{ \"count\": {count}, \"lastObservedTime\": \"{times.LastMicro}\" }},")}}}
        "action": "{{{story.Action}}}", "reportingComponent": "{{{story.Reporter}}}", "reportingInstance": "{{{story.Reporter}}}-control-plane-1"
        """;

    private static string About(PodFacts pod, string path) =>
        $"{{\"kind\":\"Pod\",\"namespace\":\"{pod.Namespace}\",\"name\":\"{pod.Name}\",\"uid\":\"{pod.Uid}\",\"apiVersion\":\"v1\",\"resourceVersion\":\"100\"{path}}}";

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What an event tells.</summary>
/// <param name="Type"><c>Normal</c> or <c>Warning</c>.</param>
/// <param name="Reason">Why, in one word.</param>
/// <param name="Message">What happened.</param>
/// <param name="Reporter">Who tells it.</param>
/// <param name="Action">What was tried; those who tell that write series.</param>
/// <param name="Repeats">True for what happens again and again.</param>
internal sealed record EventStory(string Type, string Reason, string Message, string Reporter = "kubelet", string Action = "", bool Repeats = false);

/// <summary>When an event was seen first and last, in seconds and in microseconds.</summary>
internal readonly record struct EventTimes(string First, string Last, string FirstMicro, string LastMicro)
{
    public static EventTimes Of(DateTimeOffset first, DateTimeOffset last) => new(Timestamp.Of(first), Timestamp.Of(last), Timestamp.Micro(first), Timestamp.Micro(last));
}
