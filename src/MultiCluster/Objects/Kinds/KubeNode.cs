using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A node, with the columns of <c>kubectl get nodes</c>.</summary>
[Kind("", "Node")]
[Views(Without = nameof(Namespace))]
public sealed class KubeNode : KubeObject
{
    private const string RolePrefix = "node-role.kubernetes.io/";

    internal KubeNode(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>kubectl's STATUS: <c>Ready</c>, <c>NotReady</c> or <c>Unknown</c>, and <c>,SchedulingDisabled</c> when it is cordoned.</summary>
    [Column(Most = 24, Toned = true)]
    public string State
    {
        get
        {
            var ready = StatusJson["conditions"u8].OfType("Ready"u8)["status"u8];
            var state = !ready.Exists ? "Unknown" : ready.Is("True"u8) ? "Ready" : "NotReady";
            return Unschedulable ? state + ",SchedulingDisabled" : state;
        }
    }

    /// <summary>Its roles, sorted: of the labels <c>node-role.kubernetes.io/*</c> and <c>kubernetes.io/role</c>.</summary>
    [Column(Most = 9)]
    public TextList Roles
    {
        get
        {
            var roles = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var label in LabelsJson.Members)
            {
                var name = label.Name;
                if (name.StartsWith(RolePrefix, StringComparison.Ordinal) && name.Length > RolePrefix.Length)
                    roles.Add(name[RolePrefix.Length..]);
                else if (name == "kubernetes.io/role" && label.Value.AsText() is { } role)
                    roles.Add(role);
            }

            return [.. roles];
        }
    }

    /// <summary>The kubelet's version.</summary>
    [Column(Last = true, Most = 7)]
    [ListItem]
    public string? Version => Info("kubeletVersion"u8);

    /// <summary>The first internal IP.</summary>
    [Column("InternalIP", Wide = true)]
    public string? InternalIp => StatusJson["addresses"u8].OfType("InternalIP"u8)["address"u8].AsText();

    /// <summary>The first external IP.</summary>
    [Column("ExternalIP", Wide = true)]
    public string? ExternalIp => StatusJson["addresses"u8].OfType("ExternalIP"u8)["address"u8].AsText();

    /// <summary>The operating system: <c>Ubuntu 24.04.2 LTS</c>.</summary>
    [Column("OSImage", Wide = true)]
    public string? OsImage => Info("osImage"u8);

    /// <summary>The kernel's version.</summary>
    [Column(Wide = true)]
    public string? Kernel => Info("kernelVersion"u8);

    /// <summary>The container runtime with its version: <c>containerd://2.0.5</c>.</summary>
    [Column(Wide = true)]
    public string? ContainerRuntime => Info("containerRuntimeVersion"u8);

    /// <summary>What the node has: <c>cpu</c>, <c>memory</c>, <c>pods</c> ..., as quantities.</summary>
    public KubeMap? Capacity => StatusJson["capacity"u8].AsMap(Source.Places?["status"]?["capacity"]);

    /// <summary>What pods may use of it.</summary>
    public KubeMap? Allocatable => StatusJson["allocatable"u8].AsMap(Source.Places?["status"]?["allocatable"]);

    /// <summary>True when it is cordoned.</summary>
    public bool Unschedulable => SpecJson["unschedulable"u8].AsBoolean();

    private string? Info(ReadOnlySpan<byte> field) => StatusJson["nodeInfo"u8][field].AsText();
}
