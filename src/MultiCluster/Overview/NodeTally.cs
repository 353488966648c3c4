using MultiCluster.Objects;

namespace MultiCluster.Overview;

/// <summary>Nodes, counted.</summary>
internal sealed class NodeTally
{
    private readonly Dictionary<string, int> _platforms = new(StringComparer.Ordinal);

    public int All { get; private set; }

    public int Ready { get; private set; }

    public int Cordoned { get; private set; }

    public AmountSum Cpu { get; } = new(binary: false);

    public AmountSum Memory { get; } = new(binary: true);

    /// <summary>Where most of them run, as their provider ids tell: <c>AWS</c>; null where they do not.</summary>
    public string? Platform => _platforms.Count == 0 ? null : _platforms.MaxBy(static pair => pair.Value).Key;

    public void Add(KubeNode node)
    {
        All++;
        Ready += node.StatusJson.HasCondition("Ready"u8) ? 1 : 0;
        Cordoned += node.Unschedulable ? 1 : 0;
        var allocatable = node.StatusJson["allocatable"u8];
        Cpu.Add(allocatable["cpu"u8].AsQuantity());
        Memory.Add(allocatable["memory"u8].AsQuantity());
        if (NodePlatform.Of(node.SpecJson["providerID"u8].AsText()) is { } platform)
            _platforms[platform] = _platforms.GetValueOrDefault(platform) + 1;
    }
}
