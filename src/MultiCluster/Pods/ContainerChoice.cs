using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Pods;

/// <summary>Which containers of a pod are meant.</summary>
/// <param name="names">Names, with wildcards; none for the one that kubectl takes.</param>
/// <param name="all">All of them.</param>
internal sealed class ContainerChoice(IReadOnlyList<string> names, bool all)
{
    private const string DefaultContainer = "kubectl.kubernetes.io/default-container";

    private readonly NameFilter _names = new(names);

    /// <summary>True when containers are named, so that a pod may have none of them.</summary>
    public bool IsNamed => !all && !_names.IsEmpty;

    /// <summary>The containers of a pod, in the order in which they start.</summary>
    public IReadOnlyList<string> Of(KubePod pod)
    {
        var there = PodContainer.Of(pod);
        if (all)
            return [.. there.Select(static container => container.Name)];
        if (!_names.IsEmpty)
            return [.. there.Select(static container => container.Name).Where(_names.Matches)];

        // kubectl podcmd.FindOrDefaultContainerByName: an annotation that names no container is passed over.
        if (Annotated(pod) is { } annotated && there.Any(container => container.Name == annotated))
            return [annotated];
        return pod.Containers is [var first, ..] ? [first] : [];
    }

    /// <summary>Names without wildcards that no container of some pods bears.</summary>
    public IReadOnlyList<string> MissingIn(IReadOnlyCollection<KubePod> pods)
    {
        if (!IsNamed || _names.Exact.Count == 0 || pods.Count == 0)
            return [];
        var there = pods.SelectMany(static pod => PodContainer.Of(pod)).Select(static container => container.Name).ToHashSet(StringComparer.Ordinal);
        return [.. _names.Exact.Where(name => !there.Contains(name))];
    }

    /// <summary>That none of some pods has a container of the names.</summary>
    public Fault NoneIn(IReadOnlyCollection<KubePod> pods)
    {
        const int named = 10;
        var there = pods.SelectMany(static pod => PodContainer.Of(pod)).Select(static container => container.Name).Distinct().ToArray();
        return new Fault
        {
            Phase = FaultPhase.NotFound,
            Operation = $"find container {string.Join(", ", names)}",
            Detail = $"no pod has one; there are: {string.Join(", ", there.Take(named))}{(there.Length > named ? " ..." : "")}",
            Advice = "Check the name; -Container takes wildcards.",
        };
    }

    private static string? Annotated(KubePod pod)
    {
        foreach (var annotation in pod.AnnotationsJson.Members)
        {
            if (annotation.Name == DefaultContainer)
                return annotation.Value.AsText();
        }

        return null;
    }
}
