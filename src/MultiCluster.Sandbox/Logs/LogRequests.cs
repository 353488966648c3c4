using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Logs;

/// <summary>A container's log: the API server's checks, then what the kubelet answers.</summary>
internal static class LogRequests
{
    public static Task ServeAsync(SimulatedRequest request, ResourceKind pods, ClusterLogs logs)
    {
        // A log is text, but a server answers only those who take an object: text/plain alone is refused.
        if (!MediaRange.Parse(request.Context.Request.Headers.Accept.ToString()).Any(media => media.IsPlainJson)) throw Representation.NotAcceptable();
        var options = LogOptions.Of(request);
        var pod = request.Store.Find(pods, request.Info.Namespace, request.Info.Name) ?? throw StatusError.NotFound(pods, request.Info.Name);
        var json = pod.ToJson();
        var container = PodContainers.Named(json, options.Container);
        var node = json["spec"]?["nodeName"]?.ToString() ?? "";
        if (node.Length == 0)
        {
            // There is no kubelet to ask yet, and nothing to say.
            request.Context.Response.StatusCode = 204;
            return Task.CompletedTask;
        }
        // A server reports the missing node as a missing pod of the node's name.
        if (request.Store.Find("nodes", null, node) is null) throw StatusError.NotFound(pods, node);
        var run = ContainerRun.Of(json, container, options.Previous);
        return new LogStream(request, options, pod, container, run, logs.Of(pod, container, run)).RunAsync();
    }
}
