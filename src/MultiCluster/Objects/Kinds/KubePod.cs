using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A pod, with the columns of <c>kubectl get pods</c>.</summary>
[Kind("", "Pod")]
public sealed class KubePod : KubeObject
{
    private PodRow? _row;

    internal KubePod(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>Containers that are ready and all containers, sidecars included: <c>1/2</c>.</summary>
    [Column(Most = 5, Toned = true)]
    public string Ready => $"{Row.Ready}/{Row.Containers}";

    /// <summary>How many containers are ready, sidecars (restartable init containers) included.</summary>
    public int ReadyContainers => Row.Ready;

    /// <summary>How many containers it has, sidecars included.</summary>
    public int ContainerCount => Row.Containers;

    /// <summary>kubectl's STATUS: <c>Running</c>, <c>CrashLoopBackOff</c>, <c>Init:0/2</c>, <c>Terminating</c> ...</summary>
    [Column(Most = 17, Toned = true)]
    public string State => Row.State;

    /// <summary>How often its containers were started again.</summary>
    [Column]
    public int Restarts => Row.Restarts;

    /// <summary>When a container last had to be started again, in local time; null when none had.</summary>
    [Column("Last", Age = true, Wide = true)]
    [ListItem]
    public DateTime? LastRestart => Row is { Restarts: > 0, LastRestart: { } time } ? time.LocalDateTime : null;

    /// <summary>Its IP.</summary>
    [Column("IP", Wide = true)]
    public string? Ip => StatusJson["podIP"u8].AsText();

    /// <summary>The node it runs on.</summary>
    [Column(Wide = true)]
    public string? Node => SpecJson["nodeName"u8].AsText();

    /// <summary>The phase: <c>Pending</c>, <c>Running</c>, <c>Succeeded</c>, <c>Failed</c>, <c>Unknown</c>.</summary>
    public string? Phase => StatusJson["phase"u8].AsText();

    /// <summary>
    /// What controls it, as <c>Kind/Name</c>: the Deployment where the ReplicaSet's name and the label <c>pod-template-hash</c> tell it,
    /// else the controller that its owner references name.
    /// </summary>
    public string? Owner
    {
        get
        {
            foreach (var owner in OwnersJson.Elements)
            {
                if (owner["controller"u8].AsBoolean())
                    return OwnerOf(owner);
            }

            return null;
        }
    }

    /// <summary>Names of its containers, without init containers.</summary>
    public TextList Containers => SpecJson["containers"u8].AsTexts("name"u8);

    /// <summary>Images of its containers, without init containers.</summary>
    public TextList Images => SpecJson["containers"u8].AsTexts("image"u8);

    /// <summary>The node that pods of lower priority are leaving for it.</summary>
    [Column(Wide = true)]
    public string? NominatedNode => StatusJson["nominatedNodeName"u8].AsText();

    /// <summary>Readiness gates that hold and all of them: <c>1/2</c>; null when it has none.</summary>
    [Column(Wide = true)]
    public string? ReadinessGates
    {
        get
        {
            var gates = 0;
            var open = 0;
            var conditions = StatusJson["conditions"u8];
            foreach (var gate in SpecJson["readinessGates"u8].Elements)
            {
                gates++;
                if (IsTrue(conditions, gate["conditionType"u8]))
                    open++;
            }

            return gates == 0 ? null : $"{open}/{gates}";
        }
    }

    /// <summary>The CPU that the scheduler reserves for it: of its containers, its overhead, or the pod as a whole; null when it requests none.</summary>
    public Quantity? CpuRequest => Resources.Request("cpu"u8);

    /// <summary>The memory that the scheduler reserves for it; null when it requests none.</summary>
    public Quantity? MemoryRequest => Resources.Request("memory"u8);

    /// <summary>The CPU that it may use, where containers have a limit; null when none has.</summary>
    public Quantity? CpuLimit => Resources.Limit("cpu"u8);

    /// <summary>The memory that it may use, where containers have a limit; null when none has.</summary>
    public Quantity? MemoryLimit => Resources.Limit("memory"u8);

    /// <summary>The quality of service class: <c>Guaranteed</c>, <c>Burstable</c>, <c>BestEffort</c>.</summary>
    public string? QosClass => StatusJson["qosClass"u8].AsText();

    /// <summary>What it requests and may use, for who asks for more than one of them.</summary>
    internal PodResources Resources => new(SpecJson, StatusJson);

    private PodRow Row => _row ??= PodRow.Read(SpecJson, StatusJson, IsDeleted);

    private static bool IsTrue(JsonSlice conditions, JsonSlice type)
    {
        foreach (var condition in conditions.Elements)
        {
            if (condition["type"u8].Raw.SequenceEqual(type.Raw))
                return condition["status"u8].Is("True"u8);
        }

        return false;
    }

    private string OwnerOf(JsonSlice owner)
    {
        var kind = owner["kind"u8].AsString();
        var name = owner["name"u8].AsString() ?? "";
        if (kind == "ReplicaSet" && LabelsJson["pod-template-hash"u8].AsText() is { } hash
            && name.Length > hash.Length + 1 && name.EndsWith($"-{hash}", StringComparison.Ordinal))
            return $"Deployment/{name[..^(hash.Length + 1)]}";
        return $"{kind}/{name}";
    }
}
