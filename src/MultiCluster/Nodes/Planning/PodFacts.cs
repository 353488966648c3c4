using MultiCluster.Resources;

namespace MultiCluster.Nodes.Planning;

/// <summary>What a drain must know of a pod.</summary>
internal static class PodFacts
{
    private const string MirrorAnnotation = "kubernetes.io/config.mirror";

    /// <summary>True when none of its containers will run again: it may go whatever it holds.</summary>
    public static bool IsFinished(this KubePod pod) => pod.Phase is "Succeeded" or "Failed";

    /// <summary>True when its condition Ready holds, which is what budgets count.</summary>
    public static bool IsReady(this KubePod pod) => pod.StatusJson.HasCondition("Ready"u8);

    /// <summary>True for what a kubelet shows of a static pod: deleting it stops nothing.</summary>
    public static bool IsMirror(this KubePod pod) => pod.AnnotationsJson[System.Text.Encoding.UTF8.GetBytes(MirrorAnnotation)].Exists;

    /// <summary>When it ends at the latest, if it has been told to.</summary>
    public static DateTimeOffset? DeletionTime(this KubePod pod) => pod.MetadataJson["deletionTimestamp"u8].AsTime();

    /// <summary>What controls it, by its own word.</summary>
    public static PodController? Controller(this KubePod pod)
    {
        foreach (var owner in pod.OwnersJson.Elements)
        {
            if (owner["controller"u8].AsBoolean())
                return new(owner["apiVersion"u8].AsString() ?? "", owner["kind"u8].AsString() ?? "", owner["name"u8].AsString() ?? "", owner["uid"u8].AsString() ?? "");
        }

        return null;
    }

    /// <summary>Names of its volumes whose data goes with it.</summary>
    public static IReadOnlyList<string> EmptyDirs(this KubePod pod)
    {
        List<string>? names = null;
        foreach (var volume in pod.SpecJson["volumes"u8].Elements)
        {
            if (volume["emptyDir"u8].Exists)
                (names ??= []).Add(volume["name"u8].AsString() ?? "");
        }

        return names ?? (IReadOnlyList<string>)[];
    }
}

/// <summary>The controller in a pod's owner references.</summary>
internal readonly record struct PodController(string ApiVersion, string Kind, string Name, string Uid)
{
    /// <summary>True for a DaemonSet; kubectl goes by the kind alone.</summary>
    public bool IsDaemonSet => Kind == "DaemonSet";
}
