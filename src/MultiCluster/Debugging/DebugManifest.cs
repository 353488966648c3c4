using System.Text.Json;
using System.Text.Json.Nodes;

namespace MultiCluster.Debugging;

/// <summary>What is sent to have a container to debug with: as <c>kubectl debug</c> with its profile "general" writes it (kubectl <c>pkg/cmd/debug</c>).</summary>
internal static class DebugManifest
{
    /// <summary>The container of a pod that debugs a node.</summary>
    public const string NodeContainer = "debugger";

    private const string HostRoot = "host-root";

    /// <summary>A strategic merge patch that adds an ephemeral container to the pod of a uid.</summary>
    public static byte[] EphemeralContainer(string name, string? target, string? uid, DebugOptions options)
    {
        var container = Container(name, options, options.Command);
        if (target is not null)
        {
            // Who looks into another container's processes must be allowed to. Without one nothing is added that a namespace may forbid.
            container["targetContainerName"] = target;
            container["securityContext"] = new JsonObject { ["capabilities"] = new JsonObject { ["add"] = new JsonArray("SYS_PTRACE") } };
        }

        return JsonSerializer.SerializeToUtf8Bytes<JsonNode>(new JsonObject
        {
            ["metadata"] = new JsonObject { ["uid"] = uid },
            ["spec"] = new JsonObject { ["ephemeralContainers"] = new JsonArray(container) },
        });
    }

    /// <summary>A pod on a node, with its namespaces of processes, network and messages, and its files under <c>/host</c>. Nothing keeps it away.</summary>
    public static byte[] NodePod(string name, string ns, string node, DebugOptions options)
    {
        // The command is run beside the image's own program, which ends with the pod.
        var container = Container(NodeContainer, options, options.Attach is null ? [] : options.Command);
        container["volumeMounts"] = new JsonArray(new JsonObject { ["name"] = HostRoot, ["mountPath"] = "/host" });
        return JsonSerializer.SerializeToUtf8Bytes<JsonNode>(new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["namespace"] = ns,
                ["labels"] = new JsonObject { ["app.kubernetes.io/managed-by"] = "multicluster-debug" },
            },
            ["spec"] = new JsonObject
            {
                ["nodeName"] = node,
                ["restartPolicy"] = "Never",
                ["hostNetwork"] = true,
                ["hostPID"] = true,
                ["hostIPC"] = true,
                ["terminationGracePeriodSeconds"] = 1, // a shell does not end for SIGTERM
                ["tolerations"] = new JsonArray(new JsonObject { ["operator"] = "Exists" }),
                ["volumes"] = new JsonArray(new JsonObject { ["name"] = HostRoot, ["hostPath"] = new JsonObject { ["path"] = "/" } }),
                ["containers"] = new JsonArray(container),
            },
        });
    }

    private static JsonObject Container(string name, DebugOptions options, IReadOnlyList<string> command)
    {
        var container = new JsonObject { ["name"] = name, ["image"] = options.Image, ["terminationMessagePolicy"] = "File" };
        if (command.Count > 0)
            container["command"] = new JsonArray([.. command.Select(static word => JsonValue.Create(word))]);

        // A shell that has nothing to read ends at once, and most images that one debugs with run a shell.
        if (options.Attach is not null || command.Count == 0)
            container["stdin"] = true;
        if (options.Attach is not null)
            container["tty"] = true;
        return container;
    }
}
