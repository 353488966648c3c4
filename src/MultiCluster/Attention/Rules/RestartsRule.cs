using MultiCluster.Inventory;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Attention.Rules;

/// <summary>Pods whose container had to be started again lately, and runs.</summary>
internal sealed class RestartsRule() : AttentionRule("Restarts", "a container was started again within the last hour")
{
    private static readonly TimeSpan Lately = TimeSpan.FromHours(1);

    public override IReadOnlyList<InventoryKind> Kinds => [new("pods")];

    public override void Look(KubeObject item, AttentionScan scan)
    {
        if (item is not KubePod { Restarts: > 0 } pod || pod.LastRestart is not { } last || scan.Now - last > Lately)
            return;
        if (PodConditions.IsOver(pod) || PodConditions.Trouble(pod) == PodConditions.CrashLoop)
            return;
        var container = LastEnded(pod.StatusJson);
        scan.Add(
            this, FindingSeverity.Warning, pod, new DateTimeOffset(last),
            $"Was restarted {(pod.Restarts == 1 ? "once" : $"{pod.Restarts} times")}, the last time container {container["name"u8].AsText()} after {PodConditions.EndOf(container["lastState"u8]["terminated"u8])}.");
    }

    private static JsonSlice LastEnded(JsonSlice status)
    {
        JsonSlice found = default;
        DateTimeOffset? at = null;
        foreach (var container in status["initContainerStatuses"u8].Elements)
            Take(container);
        foreach (var container in status["containerStatuses"u8].Elements)
            Take(container);
        return found;

        void Take(JsonSlice container)
        {
            if (container["lastState"u8]["terminated"u8]["finishedAt"u8].AsTime() is { } ended && (at is null || ended > at))
                (found, at) = (container, ended);
        }
    }
}
