namespace MultiCluster.Picking;

/// <summary>One line of the picker.</summary>
internal sealed record PickItem
{
    /// <summary>What the caller knows the item by. The picker only carries it.</summary>
    public required object Id { get; init; }

    /// <summary>The cluster's name. Of all items with one name, at most one can be ticked.</summary>
    public required string Name { get; init; }

    /// <summary>Where it comes from, to tell items of one name apart: the kubeconfig's path, the server.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The groups it belongs to.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Why it can never be ticked, such as a context without a server. <see langword="null"/> when it can.</summary>
    public string? Refusal { get; init; }

    /// <summary>True when it is ticked from the start. Of several with one name, the first is.</summary>
    public bool Ticked { get; init; }
}
