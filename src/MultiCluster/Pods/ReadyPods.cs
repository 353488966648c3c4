using MultiCluster.Objects;

namespace MultiCluster.Pods;

/// <summary>Which pod of several is asked, where one will do.</summary>
internal static class ReadyPods
{
    /// <summary>Whether a pod can serve: it runs, is ready, and is not on its way out.</summary>
    public static bool IsReady(KubePod pod) => pod.Phase == "Running" && !pod.IsDeleted && HasCondition(pod, "Ready"u8);

    /// <summary>The readiest pods of each scope, one each; those that were asked for by their names all.</summary>
    public static IReadOnlyList<FoundPod> OneOfEach(IReadOnlyList<FoundPod> found) =>
    [
        .. found.Where(static one => one.Scope is null),
        .. found.Where(static one => one.Scope is not null).GroupBy(static one => one.Scope).Select(static scope => Best(scope)),
    ];

    /// <summary>The readiest: ready, then running, then the one with the fewest restarts, then the oldest.</summary>
    public static FoundPod Best(IEnumerable<FoundPod> pods) => pods
        .OrderByDescending(static one => IsReady(one.Pod))
        .ThenByDescending(static one => one.Pod is { Phase: "Running", IsDeleted: false })
        .ThenBy(static one => one.Pod.Restarts)
        .ThenBy(static one => one.Pod.CreationTimestamp)
        .ThenBy(static one => one.Pod.Name, StringComparer.Ordinal)
        .First();

    private static bool HasCondition(KubePod pod, ReadOnlySpan<byte> type)
    {
        foreach (var condition in pod.StatusJson["conditions"u8].Elements)
        {
            if (condition["type"u8].Is(type))
                return condition["status"u8].Is("True"u8);
        }

        return false;
    }
}
