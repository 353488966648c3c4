using MultiCluster.Sandbox.Containers;

namespace MultiCluster.Sandbox.Kubelets;

/// <summary>What a <see cref="Kubelet"/> is.</summary>
public sealed record KubeletOptions
{
    /// <summary>The name of its node, which it registers.</summary>
    public string NodeName { get; init; } = "sandbox-node";

    /// <summary>What an image's name begins with that cannot be pulled.</summary>
    public string UnpullableImage { get; init; } = ClusterContainers.NoImage;

    /// <summary>What containers of an image are made of; null, or null for an image, for the usual programs.</summary>
    public Func<string, ContainerOptions?>? Image { get; init; }

    /// <summary>How often it tells that its node is ready.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(10);
}
