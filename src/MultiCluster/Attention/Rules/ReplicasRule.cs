using MultiCluster.Inventory;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Attention.Rules;

/// <summary>Workloads that lack pods. A Deployment whose rollout is stuck has a rule of its own; what is being rolled out pod by pod lacks one of them.</summary>
internal sealed class ReplicasRule() : AttentionRule("Replicas", "a workload lacks pods that are ready")
{
    public override IReadOnlyList<InventoryKind> Kinds => [new("deployments"), new("statefulsets"), new("daemonsets")];

    public override void Look(KubeObject item, AttentionScan scan)
    {
        var (ready, wanted) = Counts(item);
        if (ready >= wanted || item.IsDeleted || IsRolling(item, wanted - ready))
            return;
        var available = item.StatusJson["conditions"u8].OfType("Available"u8);
        var since = available["status"u8].Is("False"u8) ? available["lastTransitionTime"u8].AsTime() : null;
        if (scan.IsPast(since ?? ContainerEnd.CreatedAt(item), Grace))
            scan.Add(this, ready == 0 ? FindingSeverity.Error : FindingSeverity.Warning, item, since, ready == 0 ? $"None of its {Sentence.Count(wanted, "pod")} is ready." : $"{ready} of {Sentence.Count(wanted, "pod")} {(ready == 1 ? "is" : "are")} ready.");
    }

    /// <summary>How many pods are ready, of how many that are wanted.</summary>
    public static (int Ready, int Wanted) Counts(KubeObject item) => item switch
    {
        KubeDeployment deployment => (deployment.ReadyReplicas, deployment.Replicas),
        KubeStatefulSet set => (set.ReadyReplicas, set.Replicas),
        KubeDaemonSet set => (set.Ready, set.Desired),
        _ => default,
    };

    private static bool IsRolling(KubeObject item, int missing)
    {
        var status = item.StatusJson;
        return item switch
        {
            KubeDeployment => RolloutRule.IsStuck(status) || IsProgressing(status["conditions"u8].OfType("Progressing"u8)),
            KubeStatefulSet => missing == 1 && status["updateRevision"u8].AsText() is { } next && status["currentRevision"u8].AsText() is { } now && next != now,
            KubeDaemonSet set => missing == 1 && set.UpToDate < set.Desired,
            _ => false,
        };
    }

    /// <summary>A rollout that goes on is bounded by its deadline; once it is over, the condition says so.</summary>
    private static bool IsProgressing(JsonSlice progressing) => progressing["status"u8].Is("True"u8) && !progressing["reason"u8].Is("NewReplicaSetAvailable"u8);
}
