using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A MachineConfigPool of OpenShift, with the columns of <c>oc get machineconfigpools</c>.</summary>
[Kind("machineconfiguration.openshift.io", "MachineConfigPool")]
[Views(Without = nameof(Namespace))]
public sealed class KubeMachineConfigPool : KubeObject
{
    internal KubeMachineConfigPool(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>The rendered configuration that its machines have.</summary>
    [Column(Wide = true)]
    public string? Config => StatusJson["configuration"u8]["name"u8].AsText();

    /// <summary>Whether all machines have it: <c>True</c>, <c>False</c>, <c>Unknown</c>.</summary>
    [Column(Most = 7, Toned = true)]
    public string? Updated => Condition("Updated"u8);

    /// <summary>Whether machines are given it.</summary>
    [Column(Most = 8)]
    public string? Updating => Condition("Updating"u8);

    /// <summary>Whether a machine could not be given it.</summary>
    [Column(Most = 8, Toned = true)]
    public string? Degraded => Condition("Degraded"u8);

    /// <summary>Machines that are ready, of all.</summary>
    [Column(Most = 7, Toned = true, Listed = false)]
    public string Ready => $"{ReadyMachineCount}/{MachineCount}";

    /// <summary>How many machines it has.</summary>
    [ListItem]
    public int MachineCount => StatusJson["machineCount"u8].AsInt32();

    /// <summary>How many of them are ready.</summary>
    [ListItem]
    public int ReadyMachineCount => StatusJson["readyMachineCount"u8].AsInt32();

    /// <summary>How many of them have the configuration.</summary>
    [Column("UpToDate", Wide = true)]
    public int UpdatedMachineCount => StatusJson["updatedMachineCount"u8].AsInt32();

    /// <summary>How many of them could not be given it.</summary>
    [Column("Failed", Wide = true)]
    public int DegradedMachineCount => StatusJson["degradedMachineCount"u8].AsInt32();

    /// <summary>Whether its machines are left as they are.</summary>
    [Column(Wide = true)]
    public bool Paused => SpecJson["paused"u8].AsBoolean();

    private string? Condition(ReadOnlySpan<byte> type) => StatusJson["conditions"u8].OfType(type)["status"u8].AsText();
}
