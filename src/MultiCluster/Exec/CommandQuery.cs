using MultiCluster.Pods;

namespace MultiCluster.Exec;

/// <summary>Which command is run in which pods of every cluster, and what is made of what it writes.</summary>
public sealed record CommandQuery : PodQuery
{
    /// <summary>The longest line in bytes that comes in one piece: 1 MiB.</summary>
    public const int MaxLineBytes = 1024 * 1024;

    /// <summary>The program and its arguments, as they are: no shell reads them.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The command as messages show it; all its words when left out.</summary>
    public string Title { get => field ?? string.Join(' ', Command); init; }

    /// <summary>
    /// The container. Null for the one that kubectl takes: the pod's annotation <c>kubectl.kubernetes.io/default-container</c>, else the first.
    /// </summary>
    public string? Container { get; init; }

    /// <summary>One pod of each workload, Service, node or selector, the readiest, in the place of all.</summary>
    public bool AnyPod { get; init; }

    /// <summary>What the command reads in every pod; null for nothing.</summary>
    public ReadOnlyMemory<byte>? Input { get; init; }

    /// <summary>True to have the whole output in each pod's result, and no lines.</summary>
    public bool Raw { get; init; }

    /// <summary>True to have the output as bytes.</summary>
    public bool AsBytes { get; init; }

    /// <summary>How long the command may take in each pod; null for ever.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>Pods in which it runs at once in each cluster: 32.</summary>
    public int AtOnce { get; init; } = 32;
}
