using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Logs;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Kubelets;

/// <summary>The pod that exec, attach or port-forward means, after the API server's checks.</summary>
internal sealed record StreamTarget(StoredObject Pod, JsonObject Json, string? Container)
{
    /// <exception cref="StatusError">What a server says instead (pkg/registry/core/pod: streamLocation).</exception>
    public static StreamTarget Of(SimulatedRequest request, ResourceKind pods, ClusterContainers containers, bool hasContainer)
    {
        CheckAccess(request, containers);
        var pod = request.Store.Find(pods, request.Info.Namespace, request.Info.Name) ?? throw StatusError.NotFound(pods, request.Info.Name);
        var json = pod.ToJson();
        var container = hasContainer ? PodContainers.Named(json, request.Context.Request.Query["container"].ToString()) : null;
        var node = json["spec"]?["nodeName"]?.ToString() ?? "";
        if (node.Length == 0) throw StatusError.BadRequest($"pod {pod.Name} does not have a host assigned");
        // A server reports the missing node as a missing pod of the node's name.
        if (request.Store.Find("nodes", null, node) is null) throw StatusError.NotFound(pods, node);
        return new StreamTarget(pod, json, container);
    }

    // Since 1.35 (AuthorizePodWebsocketUpgradeCreatePermission) a GET that becomes a WebSocket needs the verb create, too.
    private static void CheckAccess(SimulatedRequest request, ClusterContainers containers)
    {
        if (request.Info.Verb != "get" || request.User is not { } user || !containers.NeedCreate || !StreamUpgrade.IsWanted(request.Context)) return;
        var created = request.Info with { Verb = "create" };
        if (!user.May(created.Verb, created.Group, created.FullResource, created.Namespace, created.Name)) throw StatusError.Forbidden(created, user.Name);
    }
}
