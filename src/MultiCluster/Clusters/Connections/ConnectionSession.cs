using MultiCluster.Api.Discovery;
using MultiCluster.Api.Lists;
using MultiCluster.Api.Writes;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Http.Login;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Clusters;

/// <summary>What a connection is made of for one reading of its kubeconfig. Replaced as a whole when that changes or the login is renewed.</summary>
internal sealed class ConnectionSession : IAsyncDisposable
{
    private ConnectionSession(KubeconfigContext context, ClusterCredential credential, ApiClient client, KindResolver kinds, ObjectLister objects, ObjectWriter writer)
    {
        Context = context;
        Credential = credential;
        Client = client;
        Kinds = kinds;
        Objects = objects;
        Writer = writer;
    }

    public KubeconfigContext Context { get; }

    public ClusterCredential Credential { get; }

    public ApiClient Client { get; }

    public KindResolver Kinds { get; }

    public ObjectLister Objects { get; }

    public ObjectWriter Writer { get; }

    /// <summary>Builds the client, without a request.</summary>
    /// <exception cref="FaultException">The context cannot be used: its problem, a key, a certificate authority.</exception>
    public static ConnectionSession Create(KubeconfigContext context, ClusterIdentity identity, PoolServices services, AuthMonitor auth, RequestLimits limits, bool plaintextLogin, bool mayAsk)
    {
        if (context.Problem is { } problem)
            throw new FaultException(new Fault { Phase = FaultPhase.Kubeconfig, Cluster = identity, Detail = problem.TrimEnd('.'), Advice = $"Correct the context in {identity.KubeconfigPath}." });
        var credential = (mayAsk ? services.Credentials : services.QuietCredentials).Create(context, plaintextLogin);
        try
        {
            var client = new ApiClient(new ApiClientOptions
            {
                Context = context,
                Identity = identity,
                Credential = credential,
                AuthMonitor = auth,
                TimeProvider = services.Time,
                Random = services.Random,
                Environment = services.Environment,
                Limits = limits,
            });
            var discovery = new DiscoveryClient(new DiscoveryTransport(client), services.Time);
            var kinds = new KindResolver(discovery, services.Time, services.DiscoveryCache, CacheKey(context));
            var objects = new ObjectLister(client, identity, services.Time);
            return new ConnectionSession(context, credential, client, kinds, objects, new ObjectWriter(client, objects, identity, services.Time));
        }
        catch
        {
            credential.Dispose();
            throw;
        }
    }

    /// <summary>Takes no further requests; those in flight end on their own.</summary>
    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync().ConfigureAwait(false);
        Credential.Dispose();
    }

    /// <summary>Two contexts of one server share what it serves; the user does not matter.</summary>
    private static string CacheKey(KubeconfigContext context)
    {
        var cluster = context.Cluster!;
        return DiscoveryDiskCache.KeyOf(cluster.ShownServer!, cluster.CertificateAuthorityData ?? cluster.CertificateAuthorityFile);
    }
}

/// <summary>Lets discovery ask a cluster through its client.</summary>
internal sealed class DiscoveryTransport(ApiClient client) : IDiscoveryTransport
{
    /// <summary>A cluster with thousands of custom kinds takes a few MiB.</summary>
    private const int Most = 64 * 1024 * 1024;

    public async Task<DiscoveryAnswer> GetAsync(string path, string accept, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, path) { Operation = $"read {path}", Accept = accept };
        var (contentType, body) = await client.ReadAsync(request, null, Most, cancellationToken).ConfigureAwait(false);
        return new DiscoveryAnswer(contentType, body);
    }
}
