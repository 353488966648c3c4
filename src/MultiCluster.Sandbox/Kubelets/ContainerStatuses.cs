using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Containers;

namespace MultiCluster.Sandbox.Kubelets;

/// <summary>What a kubelet says of one container.</summary>
internal static class ContainerStatuses
{
    /// <summary>A container that has begun, or one whose image cannot be had.</summary>
    /// <param name="container">Its spec.</param>
    /// <param name="list">The list that it is in.</param>
    /// <param name="pulled">Whether its image is there.</param>
    /// <param name="now">When.</param>
    public static JsonObject New(JsonNode container, string list, bool pulled, string now)
    {
        var state = !pulled
            ? new JsonObject { ["waiting"] = new JsonObject { ["reason"] = "ErrImagePull", ["message"] = $"failed to pull and unpack image \"{container["image"]}\": not found" } }
            : list == "initContainers"
                ? new JsonObject { ["terminated"] = new JsonObject { ["exitCode"] = 0, ["reason"] = "Completed", ["startedAt"] = now, ["finishedAt"] = now } }
                : new JsonObject { ["running"] = new JsonObject { ["startedAt"] = now } };
        return new JsonObject
        {
            ["name"] = $"{container["name"]}",
            ["state"] = state,
            ["lastState"] = new JsonObject(),
            ["ready"] = pulled && list == "containers",
            ["started"] = pulled && list == "containers",
            ["restartCount"] = 0,
            ["image"] = $"{container["image"]}",
            ["imageID"] = pulled ? $"sandbox/{container["image"]}" : "",
            ["containerID"] = pulled ? $"containerd://{Guid.NewGuid():n}{Guid.NewGuid():n}" : "",
        };
    }

    /// <summary>The state of a container whose program is not there.</summary>
    public static JsonObject NotStarted(string program, string now) => new()
    {
        ["terminated"] = new JsonObject
        {
            ["exitCode"] = 128,
            ["reason"] = "StartError",
            ["message"] = "failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: "
                + $"unable to start container process: {new ProgramMissingException(program).Message}: unknown",
            ["startedAt"] = "1970-01-01T00:00:00Z",
            ["finishedAt"] = now,
        },
    };
}
