using MultiCluster.Objects;

namespace MultiCluster.Nodes.Planning;

/// <summary>What a drain must know of a pod; each fact is read once, when it is first asked for.</summary>
/// <param name="pod">The pod.</param>
/// <param name="node">Its node.</param>
internal sealed class PodFacts(KubePod pod, string node)
{
    private string? _phase;
    private PodController? _controller;
    private bool _hasController;

    /// <summary>The pod.</summary>
    public KubePod Pod => pod;

    /// <summary>Its node.</summary>
    public string Node => node;

    /// <summary>The phase; empty when it has none.</summary>
    public string Phase => _phase ??= pod.Phase ?? "";

    /// <summary>True when none of its containers will run again: it may go whatever it holds.</summary>
    public bool IsFinished => Phase is "Succeeded" or "Failed";

    /// <summary>True when its condition Ready holds, which is what budgets count.</summary>
    public bool IsReady => pod.StatusJson.HasCondition("Ready"u8);

    /// <summary>True for what a kubelet shows of a static pod: deleting it stops nothing.</summary>
    public bool IsMirror => pod.AnnotationsJson["kubernetes.io/config.mirror"u8].Exists;

    /// <summary>When it ends at the latest, if it has been told to.</summary>
    public DateTimeOffset? Deletion => pod.Deletion;

    /// <summary>What controls it, by its own word.</summary>
    public PodController? Controller
    {
        get
        {
            if (_hasController)
                return _controller;
            _hasController = true;
            foreach (var owner in pod.OwnersJson.Elements)
            {
                if (owner["controller"u8].AsBoolean())
                    return _controller = new(owner["apiVersion"u8].AsString() ?? "", owner["kind"u8].AsString() ?? "", owner["name"u8].AsString() ?? "", owner["uid"u8].AsString() ?? "");
            }

            return null;
        }
    }

    /// <summary>Names of its volumes whose data goes with it.</summary>
    public IReadOnlyList<string> EmptyDirs
    {
        get
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
}

/// <summary>The controller in a pod's owner references.</summary>
internal readonly record struct PodController(string ApiVersion, string Kind, string Name, string Uid)
{
    /// <summary>True for a DaemonSet, of whatever group: others that bear the name keep a pod on each node, too.</summary>
    public bool IsDaemonSet => Kind == "DaemonSet";

    /// <summary>True for one of Kubernetes' own; <c>extensions</c> is what their group was called in old clusters.</summary>
    public bool IsBuiltIn => ApiVersion.StartsWith("apps/", StringComparison.Ordinal) || ApiVersion.StartsWith("extensions/", StringComparison.Ordinal);
}
