using MultiCluster.Faults;
using MultiCluster.Http.Login;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Http;

/// <summary>What an <see cref="ApiClient"/> is made of.</summary>
internal sealed record ApiClientOptions
{
    /// <summary>The context: address, trust, proxy, impersonation.</summary>
    public required KubeconfigContext Context { get; init; }

    /// <summary>The cluster that faults name.</summary>
    public required ClusterIdentity Identity { get; init; }

    /// <summary>Where the credential comes from. The client does not dispose it.</summary>
    public required ClusterCredential Credential { get; init; }

    /// <summary>Knows whether the login is refused; null: every request is sent.</summary>
    public AuthMonitor? AuthMonitor { get; init; }

    /// <summary>The clock of every timeout, delay and rate.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Numbers in [0, 1) for the retries' jitter.</summary>
    public Func<double> Random { get; init; } = System.Random.Shared.NextDouble;

    /// <summary>Reads an environment variable; the proxy settings come from here.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>How often and how much at once.</summary>
    public RequestLimits Limits { get; init; } = RequestLimits.Default;

    /// <summary>How long a connection may take, TLS included; a shorter <see cref="RequestTimeouts.Silence"/> bounds it too.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The timeouts of calls that bring none.</summary>
    public RequestTimeouts Timeouts { get; init; } = RequestTimeouts.Default;
}
