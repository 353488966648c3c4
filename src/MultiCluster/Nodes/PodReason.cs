using System.Globalization;

namespace MultiCluster.Nodes;

/// <summary>Why a pod may not go, or what is lost when it goes.</summary>
/// <param name="One">A clause after the pod's name.</param>
/// <param name="Many">The same after the number of pods that have it in common; null where it is never said of several.</param>
/// <param name="Detail">What is said behind the pods' names, in sentences.</param>
internal readonly record struct PodReason(string One, string? Many = null, string? Detail = null)
{
    /// <summary>So many pods are named: which they are all is in the plan.</summary>
    private const int Named = 3;

    /// <summary>
    /// A sentence for each group of pods that have the same reasons, the largest first: <c>27 pods have no controller (-Force): a, b, c and
    /// 24 more.</c>
    /// </summary>
    public static IReadOnlyList<string> Sentences(IEnumerable<KubeDrainPod> pods) =>
    [
        .. pods.GroupBy(static pod => string.Join('\n', pod.Why.Select(static reason => reason.Many ?? reason.One)), StringComparer.Ordinal)
            .Select(static group => group.ToArray())
            .OrderByDescending(static group => group.Length)
            .Select(Sentence),
    ];

    private static string Sentence(KubeDrainPod[] pods)
    {
        if (pods is [var pod])
            return $"Pod {pod} {string.Join("; ", pod.Reasons)}.";
        var what = string.Join(", and ", pods[0].Why.Select(static reason => reason.Many ?? reason.One));
        var detail = string.Concat(pods[0].Why.Where(static reason => reason.Detail is not null).Select(static reason => $" {reason.Detail}"));
        var more = pods.Length > Named + 1 ? string.Create(CultureInfo.InvariantCulture, $" and {pods.Length - Named} more") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{pods.Length} pods {what}: {string.Join(", ", pods.Take(more.Length > 0 ? Named : Named + 1))}{more}.{detail}");
    }
}
