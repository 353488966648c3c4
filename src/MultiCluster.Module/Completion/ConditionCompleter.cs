using MultiCluster.Api.Discovery;
using MultiCluster.Module.Sessions;

namespace MultiCluster.Module.Completion;

/// <summary>Completes conditions: those that objects of the line's kind have, or the common ones.</summary>
public sealed class ConditionCompleter : KubeCompleter
{
    private static readonly string[] Common = ["Ready", "Available", "Reconciling", "Stalled"];

    private static readonly Dictionary<string, string[]> OfKind = new(StringComparer.Ordinal)
    {
        ["pods"] = ["Ready", "PodScheduled", "Initialized", "ContainersReady", "PodReadyToStartContainers", "DisruptionTarget"],
        ["nodes"] = ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable"],
        ["deployments.apps"] = ["Available", "Progressing", "ReplicaFailure"],
        ["replicasets.apps"] = ["ReplicaFailure"],
        ["jobs.batch"] = ["Complete", "Failed", "Suspended", "SuccessCriteriaMet", "FailureTarget"],
        ["customresourcedefinitions.apiextensions.k8s.io"] = ["Established", "NamesAccepted", "NonStructuralSchema", "Terminating"],
        ["apiservices.apiregistration.k8s.io"] = ["Available"],
        ["poddisruptionbudgets.policy"] = ["DisruptionAllowed"],
        ["horizontalpodautoscalers.autoscaling"] = ["AbleToScale", "ScalingActive", "ScalingLimited"],
        ["persistentvolumeclaims"] = ["Resizing", "FileSystemResizePending"],
    };

    private static readonly string[] Statuses = ["True", "False", "Unknown"];

    private protected override Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request)
    {
        var at = request.Word.IndexOf('=', StringComparison.Ordinal);
        if (at >= 0)
        {
            var (name, value) = (request.Word[..at], request.For(request.Word[(at + 1)..]));
            return Task.FromResult<IReadOnlyList<Suggestion>>([.. Statuses.Where(value.Fits).Select(one => new Suggestion($"{name}={one}", $"{name} is {one}"))]);
        }

        var resource = request.Kind is { } kind ? KindName.Find(kind, BuiltInKinds.All)?.Resource ?? "" : "";
        return Task.FromResult<IReadOnlyList<Suggestion>>([.. OfKind.GetValueOrDefault(resource, Common).Where(request.Fits).Select(static one => new Suggestion(one, $"{one}, or {one}=False"))]);
    }
}
