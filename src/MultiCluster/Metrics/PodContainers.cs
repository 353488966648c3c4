using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Metrics;

/// <summary>A container of a pod's spec.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Json">What it is made of.</param>
/// <param name="IsLasting">True when it runs as long as the pod does: a sidecar, and no other init container.</param>
internal readonly record struct SpecContainer(string Name, JsonSlice Json, bool IsLasting);

/// <summary>The containers of a pod's spec: its own, then its init containers.</summary>
internal static class PodContainers
{
    public static IReadOnlyList<SpecContainer> Of(KubePod pod)
    {
        var found = new List<SpecContainer>();
        foreach (var container in pod.SpecJson["containers"u8].Elements)
            found.Add(new(container["name"u8].AsString() ?? "", container, IsLasting: true));
        foreach (var container in pod.SpecJson["initContainers"u8].Elements)
            found.Add(new(container["name"u8].AsString() ?? "", container, container["restartPolicy"u8].Is("Always"u8)));
        return found;
    }
}
