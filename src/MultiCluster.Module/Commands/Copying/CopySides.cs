using MultiCluster.Faults;

namespace MultiCluster.Module.Commands.Copying;

/// <summary>Which of two sides are pods, and which are here.</summary>
/// <param name="ToPods">Whether it goes into pods.</param>
/// <param name="Sources">What is copied, without the pod's name.</param>
/// <param name="Destination">Where to, without the pod's name.</param>
/// <param name="Namespace">The namespace of the pod that the paths name, where they say one.</param>
/// <param name="Pod">The pod that the paths name; null when the pods are said otherwise.</param>
internal sealed record CopySides(bool ToPods, IReadOnlyList<string> Sources, string Destination, string? Namespace, string? Pod)
{
    private const string Example = "Write pod:path on one side (Copy-KubeItem web-1:/var/log ./logs), or say the pods with -Name, a selector or by the pipeline.";

    /// <summary>Tells the sides.</summary>
    /// <param name="paths">What is copied, as it was written.</param>
    /// <param name="destination">Where to, as it was written.</param>
    /// <param name="podsAreSaid">Whether the pods are said otherwise than in a path.</param>
    /// <param name="toPods">Whether it is said that it goes into them.</param>
    /// <exception cref="FaultException">Both sides are pods, or none is (Invalid).</exception>
    public static CopySides Of(IReadOnlyList<string> paths, string destination, bool podsAreSaid, bool toPods)
    {
        var windows = OperatingSystem.IsWindows();
        ItemPath[] sources = [.. paths.Select(path => ItemPath.Parse(path, windows))];
        var target = ItemPath.Parse(destination, windows);
        var named = sources.Append(target).FirstOrDefault(static side => side.Pod is not null);
        if (podsAreSaid)
        {
            return named is null
                ? new CopySides(toPods, paths, destination, null, null)
                : throw Invalid($"'{named.Text}' names a pod, and others are said beside it", "Say the pods once. A path that has a colon itself is written with its folder: ./a:b.");
        }

        if (named is null)
            throw Invalid("neither side is in a pod", Example);
        if (target.Pod is not null && sources.Any(static side => side.Pod is not null))
            throw Invalid("both sides are in pods", "Copy in two steps: out of the one to a folder here, and from there into the other.");
        if (target.Pod is null && toPods)
            throw Invalid($"-ToPod says that it goes into pods, and '{destination}' is here", Example);
        if (target.Pod is not null)
            return new CopySides(true, paths, target.Path, target.Namespace, target.Pod);
        if (sources.Any(side => (side.Namespace, side.Pod) != (named.Namespace, named.Pod)))
            throw Invalid("the paths lie in several pods, or not all in one", "Copy them one after the other, or say the pods with -Name and the paths alone with -Path.");
        return new CopySides(false, [.. sources.Select(static side => side.Path)], destination, named.Namespace, named.Pod);
    }

    private static FaultException Invalid(string detail, string advice) => new(FaultPhase.Invalid, detail, advice);
}
