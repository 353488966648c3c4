using MultiCluster.Kubeconfig;

namespace MultiCluster.Clusters;

/// <summary>What a pool takes from its surroundings. Tests replace each of them.</summary>
public sealed record ClusterPoolOptions
{
    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Numbers in [0, 1) for jitter.</summary>
    public Func<double> Random { get; init; } = System.Random.Shared.NextDouble;

    /// <summary>Where kubeconfigs are looked for; <see cref="KubeconfigSearch.ExtraPaths"/> are added from the preferences.</summary>
    public KubeconfigSearch Search { get; init; } = new();

    /// <summary>Folder of the preferences and of the kubeconfig that <c>Add-KubeCluster</c> writes; null for the user's configuration folder.</summary>
    public string? ConfigurationFolder { get; init; }

    /// <summary>Folder of the discovery cache; null for the user's cache folder.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>True when somebody sits at the terminal: exec plugins may ask.</summary>
    public bool Interactive { get; init; }

    /// <summary>Shows what an interactive exec plugin says: the address to open, the code to type. Called on any thread.</summary>
    public Action<string>? Prompt { get; init; }

    /// <summary>Time between two heartbeats.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(15);
}
