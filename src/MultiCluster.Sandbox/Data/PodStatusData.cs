using System.Security.Cryptography;
using System.Text;

namespace MultiCluster.Sandbox.Data;

/// <summary>The status that goes with a pod's state.</summary>
internal static class PodStatusData
{
    public static string Json(World world, PodTemplate template, PodState state, TimeSpan age, int nodeIndex, string address, bool withInit)
    {
        var start = world.Ago(age);
        if (state == PodState.Pending)
        {
            return $$$"""
                { "phase": "Pending", "conditions": [ { "type": "PodScheduled", "status": "False", "lastProbeTime": null, "lastTransitionTime": "{{{start}}}",
                  "reason": "Unschedulable", "message": "0/{{{world.NodeCount}}} nodes are available: {{{world.NodeCount}}} Insufficient cpu." } ], "qosClass": "Burstable" }
                """;
        }
        if (state == PodState.Evicted)
        {
            return $$$"""
                { "phase": "Failed", "message": "The node was low on resource: memory.", "reason": "Evicted",
                  "hostIP": "{{{World.NodeAddress(nodeIndex)}}}", "startTime": "{{{start}}}", "qosClass": "Burstable" }
                """;
        }
        var phase = state switch
        {
            PodState.Completed => "Succeeded",
            PodState.Failed => "Failed",
            PodState.ImagePull or PodState.Initializing => "Pending",
            _ => "Running",
        };
        var ready = state is PodState.Running or PodState.Restarted or PodState.Terminating;
        var addresses = address.Length == 0 ? "" : $"\"podIP\": \"{address}\", \"podIPs\": [ {{ \"ip\": \"{address}\" }} ],";
        var why = state switch
        {
            PodState.Completed => "\"reason\": \"PodCompleted\",",
            PodState.Initializing => "\"reason\": \"ContainersNotInitialized\", \"message\": \"containers with incomplete status: [migrate]\",",
            _ => ready ? "" : $"\"reason\": \"ContainersNotReady\", \"message\": \"containers with unready status: [{template.App}]\",",
        };
        return $$$"""
            {
              "phase": "{{{phase}}}",
              "conditions": [
                {{{Condition("PodReadyToStartContainers", state != PodState.Completed, "", start)}}},
                {{{Condition("Initialized", state != PodState.Initializing, "", start)}}},
                {{{Condition("Ready", ready, why, start)}}},
                {{{Condition("ContainersReady", ready, why, start)}}},
                {{{Condition("PodScheduled", true, "", start)}}}
              ],
              "hostIP": "{{{World.NodeAddress(nodeIndex)}}}",
              "hostIPs": [ { "ip": "{{{World.NodeAddress(nodeIndex)}}}" } ],
              {{{addresses}}}
              "startTime": "{{{start}}}",
              {{{(withInit ? $"\"initContainerStatuses\": [ {InitContainer(world, template, state, age)} ]," : "")}}}
              "containerStatuses": [ {{{Container(world, template, state, age, ready)}}} ],
              "qosClass": "Burstable"
            }
            """;
    }

    private static string Condition(string type, bool status, string why, string since) =>
        $"{{ \"type\": \"{type}\", \"status\": \"{(status ? "True" : "False")}\", \"lastProbeTime\": null, {why} \"lastTransitionTime\": \"{since}\" }}";

    private static string InitContainer(World world, PodTemplate template, PodState state, TimeSpan age)
    {
        var running = state == PodState.Initializing;
        var current = running
            ? $"\"running\": {{ \"startedAt\": \"{world.Ago(age)}\" }}"
            : Terminated("Completed", 0, world, age, age - TimeSpan.FromSeconds(4));
        return Status("migrate", $"{{ {current} }}", "", ready: !running, restarts: 0, template.Image, world, started: running);
    }

    private static string Container(World world, PodTemplate template, PodState state, TimeSpan age, bool ready)
    {
        var minute = TimeSpan.FromMinutes(1);
        var (current, last, restarts) = state switch
        {
            PodState.CrashLoop => (
                $"\"waiting\": {{ \"reason\": \"CrashLoopBackOff\", \"message\": \"back-off 5m0s restarting failed container={template.App}\" }}",
                Terminated("Error", 1, world, minute * 5, minute * 4),
                world.Random.Between(12, 90)),
            PodState.ImagePull => ("\"waiting\": { \"reason\": \"ImagePullBackOff\", \"message\": \"Back-off pulling image \\u0022" + template.Image + "\\u0022\" }", "", 0),
            PodState.Initializing => ("\"waiting\": { \"reason\": \"PodInitializing\" }", "", 0),
            PodState.Completed => (Terminated("Completed", 0, world, age, age - minute), "", 0),
            PodState.Failed => (Terminated("Error", 2, world, age, age - minute), "", 0),
            PodState.Restarted => (
                $"\"running\": {{ \"startedAt\": \"{world.Ago(age / 3)}\" }}", Terminated("OOMKilled", 137, world, age / 2, age / 3), world.Random.Between(1, 9)),
            _ => ($"\"running\": {{ \"startedAt\": \"{world.Ago(age - TimeSpan.FromSeconds(6))}\" }}", "", 0),
        };
        return Status(template.App, $"{{ {current} }}", last, ready, restarts, template.Image, world, started: current.StartsWith("\"running", StringComparison.Ordinal));
    }

    private static string Status(string name, string state, string last, bool ready, int restarts, string image, World world, bool started) => $$$"""
        { "name": "{{{name}}}", "state": {{{state}}}, "lastState": { {{{last}}} }, "ready": {{{(ready ? "true" : "false")}}}, "restartCount": {{{restarts}}}, "image": "{{{image}}}",
          "imageID": "{{{ImageId(image, world.Random.Hex(64))}}}", "containerID": "containerd://{{{world.Random.Hex(64)}}}", "started": {{{(started ? "true" : "false")}}} }
        """;

    /// <summary>One name is one image on all nodes of all clusters, whatever is drawn.</summary>
    private static string ImageId(string image, string drawn) =>
        $"{image[..image.LastIndexOf(':')]}@sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(image)))[..drawn.Length]}";

    private static string Terminated(string reason, int exitCode, World world, TimeSpan started, TimeSpan finished) => $$$"""
        "terminated": { "exitCode": {{{exitCode}}}, "reason": "{{{reason}}}", "startedAt": "{{{world.Ago(started)}}}", "finishedAt": "{{{world.Ago(finished)}}}",
          "containerID": "containerd://{{{world.Random.Hex(64)}}}" }
        """;
}
