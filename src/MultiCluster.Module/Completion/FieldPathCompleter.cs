using MultiCluster.Api.Discovery;
using MultiCluster.Module.Sessions;

namespace MultiCluster.Module.Completion;

/// <summary>Completes fields that people wait for, by the line's kind.</summary>
public sealed class FieldPathCompleter : KubeCompleter
{
    private static readonly string[] Common = ["status.phase", "status.observedGeneration", "status.replicas"];

    private static readonly Dictionary<string, string[]> OfKind = new(StringComparer.Ordinal)
    {
        ["pods"] = ["status.phase=Running", "status.phase=Succeeded", "status.podIP"],
        ["deployments.apps"] = ["status.readyReplicas", "status.availableReplicas", "status.updatedReplicas"],
        ["statefulsets.apps"] = ["status.readyReplicas", "status.updateRevision", "status.currentRevision"],
        ["daemonsets.apps"] = ["status.numberReady", "status.numberAvailable"],
        ["jobs.batch"] = ["status.succeeded=1", "status.completionTime"],
        ["services"] = ["status.loadBalancer.ingress"],
        ["ingresses.networking.k8s.io"] = ["status.loadBalancer.ingress"],
        ["persistentvolumeclaims"] = ["status.phase=Bound"],
        ["persistentvolumes"] = ["status.phase=Available", "status.phase=Bound", "status.phase=Released"],
        ["namespaces"] = ["status.phase=Active", "status.phase=Terminating"],
    };

    private protected override Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request)
    {
        var resource = request.Kind is { } kind ? KindName.Find(kind, BuiltInKinds.All)?.Resource ?? "" : "";
        return Task.FromResult<IReadOnlyList<Suggestion>>(
            [.. OfKind.GetValueOrDefault(resource, Common).Where(request.Fits).Select(static one => new Suggestion(one, one.Contains('=', StringComparison.Ordinal) ? $"until {one}" : $"until there is {one}; {one}=value for a value"))]);
    }
}
