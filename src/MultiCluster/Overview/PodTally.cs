using MultiCluster.Objects;

namespace MultiCluster.Overview;

/// <summary>Pods, counted by their phase, and what they request of the nodes that they are on.</summary>
internal sealed class PodTally
{
    public int Running { get; private set; }

    public int Pending { get; private set; }

    public int Succeeded { get; private set; }

    public int Failed { get; private set; }

    public int Unknown { get; private set; }

    /// <summary>Those that are ready.</summary>
    public int Ready { get; private set; }

    /// <summary>Those that have not ended, and should be ready.</summary>
    public int Active => Running + Pending + Unknown;

    public AmountSum CpuRequest { get; } = new(binary: false);

    public AmountSum CpuLimit { get; } = new(binary: false);

    public AmountSum MemoryRequest { get; } = new(binary: true);

    public AmountSum MemoryLimit { get; } = new(binary: true);

    public void Add(KubePod pod)
    {
        var status = pod.StatusJson;
        var phase = status["phase"u8];
        if (phase.Is("Running"u8))
            Running++;
        else if (phase.Is("Pending"u8))
            Pending++;
        else if (phase.Is("Succeeded"u8))
            Succeeded++;
        else if (phase.Is("Failed"u8))
            Failed++;
        else
            Unknown++;
        if (phase.Is("Succeeded"u8) || phase.Is("Failed"u8))
            return; // they hold nothing any more
        Ready += status.HasCondition("Ready"u8) ? 1 : 0;
        if (!pod.SpecJson["nodeName"u8].Exists)
            return; // no node has given it anything yet
        var resources = pod.Resources;
        CpuRequest.Add(resources.Request("cpu"u8));
        CpuLimit.Add(resources.Limit("cpu"u8));
        MemoryRequest.Add(resources.Request("memory"u8));
        MemoryLimit.Add(resources.Limit("memory"u8));
    }
}
