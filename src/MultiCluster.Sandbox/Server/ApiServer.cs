using MultiCluster.Sandbox.Access;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Data;
using MultiCluster.Sandbox.Discovery;
using MultiCluster.Sandbox.Kubelets;
using MultiCluster.Sandbox.Logs;
using MultiCluster.Sandbox.Metrics;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Sandbox.Reads;
using MultiCluster.Sandbox.Watches;
using MultiCluster.Sandbox.Writes;

namespace MultiCluster.Sandbox.Server;

/// <summary>The API: who may ask, and which part answers.</summary>
internal sealed class ApiServer(ClusterStore store, ApiCatalog catalog, Deletion deletion, ClusterLogs logs, ClusterContainers containers, MetricRequests metrics, SeededRandom random)
{
    private readonly SubresourceRequests _subresources = new(store, deletion, logs, containers);

    public Task ServeAsync(SimulatedRequest request)
    {
        var user = request.User ?? throw StatusError.Unauthorized();
        var info = request.Info;
        if (!info.IsResource) return ServePathAsync(request);
        if (AccessReviews.Is(info) && user.Name != Authenticator.Anonymous && store.Kinds.Find(info.Group, info.Version, info.Resource) is { } review)
            return AccessReviews.ServeAsync(request, review);
        if (!user.May(info.Verb, info.Group, info.FullResource, info.Namespace, info.Name)) throw StatusError.Forbidden(info, user.Name);

        if (store.Kinds.Find(info.Group, info.Version, info.Resource) is not { } kind)
            return UnknownResourceAsync(request);
        if (info.Subresource.Length > 0) return _subresources.ServeAsync(request, kind);
        if (kind.Namespaced && info.Namespace.Length == 0 && info.Verb is not ("list" or "watch" or "deletecollection")) throw StatusError.NoSuchResource();
        if (!kind.Verbs.Contains(info.Verb)) throw StatusError.MethodNotAllowed();
        if (MetricRequests.Is(kind)) return metrics.ServeAsync(request, kind);
        return info.Verb switch
        {
            "list" => ListRequests.ServeAsync(request, kind),
            "watch" => WatchRequests.ServeAsync(request, kind, random),
            "get" => GetRequests.ServeAsync(request, kind),
            "create" => CreateRequests.ServeAsync(request, kind),
            "update" => UpdateRequests.ServeAsync(request, kind),
            "patch" => PatchRequests.ServeAsync(request, kind),
            "delete" => DeleteRequests.ServeAsync(request, kind, deletion),
            _ => throw StatusError.MethodNotAllowed(),
        };
    }

    // A server without the group has no handler at all; one with the group answers with a Status.
    private Task UnknownResourceAsync(SimulatedRequest request)
    {
        var info = request.Info;
        var served = store.Kinds.All.Any(k => k.Group == info.Group && k.FindVersion(info.Version) is not null);
        return served ? throw StatusError.NoSuchResource() : NoPageAsync(request);
    }

    private static Task NoPageAsync(SimulatedRequest request) => Answer.TextAsync(request.Context, "404 page not found\n", 404);

    private Task ServePathAsync(SimulatedRequest request)
    {
        switch (request.Info.Path.TrimEnd('/'))
        {
            case "/readyz" or "/livez" or "/healthz":
                return Answer.TextAsync(request.Context, "ok");
            case "/version":
                return Answer.JsonAsync(request.Context, DiscoveryRequests.VersionOf(catalog.Version));
        }
        if (request.User!.Name == Authenticator.Anonymous) throw StatusError.Forbidden(request.Info, request.User.Name);
        return DiscoveryRequests.ServeAsync(request, catalog) is { } answer ? answer : NoPageAsync(request);
    }
}
