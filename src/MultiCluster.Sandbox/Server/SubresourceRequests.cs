using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Evictions;
using MultiCluster.Sandbox.Kubelets;
using MultiCluster.Sandbox.Logs;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Sandbox.Reads;
using MultiCluster.Sandbox.Writes;

namespace MultiCluster.Sandbox.Server;

/// <summary>What is served below an object.</summary>
internal sealed class SubresourceRequests(ClusterStore store, Deletion deletion, ClusterLogs logs, ClusterContainers containers)
{
    private readonly EvictionRequests _evictions = new(store, deletion);

    public Task ServeAsync(SimulatedRequest request, ResourceKind kind)
    {
        var info = request.Info;
        if (!kind.Subresources.Contains(info.Subresource)) throw StatusError.NoSuchResource();
        return (info.Subresource, info.Verb) switch
        {
            ("exec", "get" or "create") => ExecRequests.ServeAsync(request, kind, containers),
            ("attach", "get" or "create") => AttachRequests.ServeAsync(request, kind, containers, logs),
            ("portforward", "get" or "create") => PortForwardRequests.ServeAsync(request, kind, containers),
            ("ephemeralcontainers", "get") => GetRequests.ServeAsync(request, kind),
            ("ephemeralcontainers", "update" or "patch") => EphemeralRequests.ServeAsync(request, kind, containers, logs),
            ("log", "get") => LogRequests.ServeAsync(request, kind, logs),
            ("status", "get") => GetRequests.ServeAsync(request, kind),
            ("status", "update") => UpdateRequests.ServeAsync(request, kind),
            ("status", "patch") => PatchRequests.ServeAsync(request, kind),
            ("scale", "get" or "update" or "patch") => ScaleRequests.ServeAsync(request, kind),
            ("eviction", "create") => _evictions.ServeAsync(request, kind),
            ("finalize", "update") => FinalizeAsync(request, kind),
            ("attach" or "ephemeralcontainers" or "exec" or "portforward" or "log" or "status" or "scale" or "eviction" or "finalize", _) => throw StatusError.MethodNotAllowed(),
            _ => throw StatusError.NoSuchResource(),
        };
    }

    // Of a namespace; whoever empties it says so here.
    private static async Task FinalizeAsync(SimulatedRequest request, ResourceKind kind)
    {
        var json = await RequestBody.ObjectAsync(request, kind);
        var dryRun = WriteOptions.DryRun(request, "UpdateOptions");
        var updated = ObjectUpdate.Run(request.Store, kind, request.KeyOf(kind), "", dryRun, FieldOrigin.Of(request), (_, old) =>
        {
            var wanted = old.DeepClone().AsObject();
            if (json["spec"]?["finalizers"] is JsonArray { Count: > 0 } finalizers) wanted["spec"] = new JsonObject { ["finalizers"] = finalizers.DeepClone() };
            else wanted.Remove("spec");
            return wanted;
        });
        await Answer.ObjectAsync(request, updated);
    }
}
