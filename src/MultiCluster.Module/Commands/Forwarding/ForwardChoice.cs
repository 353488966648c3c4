using MultiCluster.Clusters;
using MultiCluster.Forwarding;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Module.Commands.Forwarding;

/// <summary>Which forwards are meant: by their numbers, by the names of their targets or pods, by their clusters.</summary>
internal sealed class ForwardChoice(IReadOnlyCollection<int> ids, IEnumerable<string> names, ClusterWords clusters)
{
    private readonly NamePattern[] _names = [.. names.Select(static name => new NamePattern(name))];

    /// <summary>Whether a forward is meant.</summary>
    public bool Means(KubePortForward forward) =>
        (ids.Count == 0 || ids.Contains(forward.Id))
        && (_names.Length == 0 || _names.Any(name => Fits(name, forward)))
        && clusters.Mean(forward.ClusterName, forward.ClusterId);

    /// <summary>Names without wildcards that no forward bears.</summary>
    public IEnumerable<string> Missing(IReadOnlyCollection<KubePortForward> all) =>
        _names.Where(name => name.Literal is not null && !all.Any(forward => Fits(name, forward))).Select(static name => name.Pattern);

    /// <summary>A target is <c>service/api</c>; who started it wrote <c>svc/api</c>, and may write <c>api</c>.</summary>
    private static bool Fits(NamePattern name, KubePortForward forward)
    {
        var plain = forward.Target[(forward.Target.LastIndexOf('/') + 1)..];
        return name.IsMatch(forward.Target) || name.IsMatch(plain) || name.IsMatch(forward.Pod) || name.IsMatch(forward.ShortTarget);
    }
}
