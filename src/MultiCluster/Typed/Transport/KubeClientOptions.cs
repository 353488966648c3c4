using MultiCluster.Http;
using MultiCluster.Typed.Models;

namespace MultiCluster.Typed.Transport;

/// <summary>What one typed client is given.</summary>
internal sealed record KubeClientOptions
{
    /// <summary>How long the cluster may stay silent.</summary>
    public RequestTimeouts Timeouts { get; init; } = RequestTimeouts.Default;

    /// <summary>True while every write asks first.</summary>
    public bool Protected { get; init; }

    /// <summary>Who holds it.</summary>
    public IClientHost? Host { get; init; }
}
