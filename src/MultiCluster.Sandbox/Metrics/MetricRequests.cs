using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Sandbox.Reads;

namespace MultiCluster.Sandbox.Metrics;

/// <summary>Lists and single values of metrics-server: selected as elsewhere, in one piece and without a version, since nothing is stored.</summary>
internal sealed class MetricRequests(ClusterStore store, ClusterMetrics metrics)
{
    private readonly MetricObjects _objects = new(store, metrics);

    public static bool Is(ResourceKind kind) => MetricKinds.All.Contains(kind);

    public Task ServeAsync(SimulatedRequest request, ResourceKind kind)
    {
        var list = request.Info.Verb == "list";
        var shape = Representation.Of(request.Context.Request, list);
        if (list)
        {
            var selection = Selection.Of(request, kind);
            return ListRequests.AnswerAsync(request, kind, new ListPage(0, [.. _objects.Of(kind).Where(selection.Matches)], null, null), shape);
        }
        var (ns, name) = request.KeyOf(kind);
        var item = _objects.Of(kind).FirstOrDefault(o => o.Namespace == ns && o.Name == name) ?? throw StatusError.NotFound(kind, StoredObject.KeyOf(ns, name));
        return GetRequests.AnswerAsync(request, kind, item, shape);
    }
}
