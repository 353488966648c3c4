using MultiCluster.Api.Discovery;
using MultiCluster.Credentials;
using MultiCluster.Credentials.Oidc;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Clusters;

/// <summary>What a pool lends to each of its connections. Holds nothing of any one cluster, except exec plugins' answers, which are shared on purpose.</summary>
internal sealed record PoolServices : IDisposable
{
    public required ExecPluginRunner Plugins { get; init; }

    public required TimeProvider Time { get; init; }

    public required Func<double> Random { get; init; }

    public required Func<string, string?> Environment { get; init; }

    public required CredentialFactory Credentials { get; init; }

    /// <summary>Makes credentials that never ask the user anything: the steady attempts at a refused login must not open a browser each minute.</summary>
    public required CredentialFactory QuietCredentials { get; init; }

    public required DiscoveryDiskCache DiscoveryCache { get; init; }

    /// <summary>Reads a context again from its kubeconfig; null when it is gone.</summary>
    public required Func<ClusterIdentity, KubeconfigContext?> Reload { get; init; }

    /// <summary>Tells the pool's listeners.</summary>
    public required Action<ClusterEventKind, ClusterIdentity, string, Fault?> Raise { get; init; }

    public static PoolServices Create(
        ClusterPoolOptions options,
        Func<ClusterIdentity, KubeconfigContext?> reload,
        Action<ClusterEventKind, ClusterIdentity, string, Fault?> raise)
    {
        var plugins = new ExecPluginRunner(options.Time, options.Prompt);
        var logins = new OidcLogins(options.Time, options.Search.ReadVariable);
        return new PoolServices
        {
            Time = options.Time,
            Random = options.Random,
            Environment = options.Search.ReadVariable,
            Plugins = plugins,
            Credentials = new CredentialFactory(options.Time, plugins, logins, options.Interactive),
            QuietCredentials = new CredentialFactory(options.Time, plugins, logins),
            DiscoveryCache = new DiscoveryDiskCache(Path.Combine(options.CacheFolder ?? CacheFolder.Of(options.Search.ReadVariable, options.Search.HomeFolder), "discovery"), options.Time),
            Reload = reload,
            Raise = raise,
        };
    }

    /// <summary>The limits that a cluster's preferences set.</summary>
    public static RequestLimits LimitsOf(ClusterPreferences preferences)
    {
        var limits = RequestLimits.Default;
        if (preferences.Qps is { } qps)
            limits = limits with { RequestsPerSecond = qps, Burst = Math.Max(1, (int)(2 * qps)), EvictionsPerSecond = null, YieldsToServer = false };
        return preferences.ThrottleLimit is { } concurrent ? limits with { Concurrent = concurrent } : limits;
    }

    public void Dispose() => Plugins.Dispose();
}
