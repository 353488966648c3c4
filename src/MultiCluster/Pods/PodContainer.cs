using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Pods;

/// <summary>What a container is for.</summary>
internal enum ContainerKind
{
    /// <summary>It does the pod's work.</summary>
    Main,

    /// <summary>It prepares the pod, or with the restart policy Always accompanies it.</summary>
    Init,

    /// <summary>It was added to look into the pod.</summary>
    Ephemeral,
}

/// <summary>A container as its pod's spec has it.</summary>
internal readonly record struct PodContainer(string Name, ContainerKind Kind, JsonSlice Spec)
{
    /// <summary>All containers: those that prepare the pod, its own, those added later.</summary>
    public static IReadOnlyList<PodContainer> Of(KubePod pod)
    {
        var containers = new List<PodContainer>();
        Add(containers, pod.SpecJson["initContainers"u8], ContainerKind.Init);
        Add(containers, pod.SpecJson["containers"u8], ContainerKind.Main);
        Add(containers, pod.SpecJson["ephemeralContainers"u8], ContainerKind.Ephemeral);
        return containers;
    }

    /// <summary>Its part of the pod's status; nothing before the kubelet has written one.</summary>
    public JsonSlice StatusIn(KubePod pod)
    {
        var statuses = Kind switch
        {
            ContainerKind.Init => pod.StatusJson["initContainerStatuses"u8],
            ContainerKind.Ephemeral => pod.StatusJson["ephemeralContainerStatuses"u8],
            _ => pod.StatusJson["containerStatuses"u8],
        };
        foreach (var status in statuses.Elements)
        {
            if (status["name"u8].AsString() == Name)
                return status;
        }

        return default;
    }

    /// <summary>True when it is started again after it has ended with <paramref name="exitCode"/>, as long as its pod lives.</summary>
    public bool StartsAgain(KubePod pod, int exitCode)
    {
        if (pod.IsDeleted || Kind == ContainerKind.Ephemeral)
            return false;

        // A container's own policy goes before the pod's; what prepares a pod is done once it has succeeded.
        var own = Spec["restartPolicy"u8].AsText();
        return (own ?? pod.SpecJson["restartPolicy"u8].AsText() ?? "Always") switch
        {
            "Never" => false,
            "Always" when own is not null || Kind == ContainerKind.Main => true,
            _ => exitCode != 0,
        };
    }

    private static void Add(List<PodContainer> containers, JsonSlice specs, ContainerKind kind)
    {
        foreach (var spec in specs.Elements)
        {
            if (spec["name"u8].AsText() is { } name)
                containers.Add(new PodContainer(name, kind, spec));
        }
    }
}
