using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Http.Login;
using MultiCluster.Kubeconfig;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Http;

/// <summary>What the tests of <see cref="ApiClient"/> share: a client for a server, a credential that counts.</summary>
public abstract class ApiClientTests : IDisposable
{
    private readonly List<IDisposable> _owned = [];

    public TestClock Time { get; } = new();

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private protected TestCredential Credential { get; } = new();

    private protected static ApiRequest Pods { get; } = new(HttpMethod.Get, "/api/v1/pods") { Operation = "list pods" };

    private protected ApiClient NewClient(
        string url, Func<KubeconfigCluster, KubeconfigCluster>? cluster = null, KubeconfigUser? user = null, Func<ApiClientOptions, ApiClientOptions>? options = null)
    {
        var entry = new KubeconfigCluster { Name = "test", Server = url };
        var identity = ClusterIdentity.Of("/kube/config", "test");
        var made = new ApiClientOptions
        {
            Context = new KubeconfigContext { Identity = identity, Cluster = cluster?.Invoke(entry) ?? entry, User = user },
            Identity = identity,
            Credential = Credential,
            TimeProvider = Time,
            Random = () => 0.5,
            Environment = _ => null,
        };
        var client = new ApiClient(options?.Invoke(made) ?? made);
        _owned.Add(new Closing(client));
        return client;
    }

    private protected ApiClient NewClient(WireServer server, Func<ApiClientOptions, ApiClientOptions>? options = null) => NewClient(server.Url, options: options);

    private protected static async Task<Fault> FaultOfAsync(ApiClient client, ApiRequest? request = null, RequestTimeouts? timeouts = null) =>
        (await Assert.ThrowsAsync<FaultException>(() => client.GetBytesAsync(request ?? Pods, Cancelled, timeouts))).Fault;

    private protected T Owned<T>(T value)
        where T : IDisposable
    {
        _owned.Add(value);
        return value;
    }

    /// <summary>Advances the clock until <paramref name="task"/> ends: the server works in real time, the timeouts do not.</summary>
    private protected async Task<T> AdvanceUntilDoneAsync<T>(Task<T> task, TimeSpan step)
    {
        while (!task.IsCompleted)
        {
            Time.Advance(step);
            await Task.WhenAny(task, Task.Delay(1, Cancelled));
        }

        return await task;
    }

    public void Dispose()
    {
        foreach (var owned in _owned)
            owned.Dispose();
        Credential.Dispose();
        GC.SuppressFinalize(this);
    }

    private sealed class Closing(ApiClient client) : IDisposable
    {
        public void Dispose() => client.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}

/// <summary>Hands out the tokens and certificates that a test puts in.</summary>
internal sealed class TestCredential() : ClusterCredential(null)
{
    public Queue<string> Tokens { get; } = new();

    public bool HasAnother { get; set; }

    public int Invalidated { get; private set; }

    public X509Certificate2? Certificate { get; set; }

    public override X509Certificate2? ClientCertificate => Certificate;

    public override X509Certificate2Collection? ClientCertificateChain => null;

    public override ValueTask<AuthenticationHeaderValue?> GetAuthorizationAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(Tokens.TryPeek(out var token) ? new AuthenticationHeaderValue("Bearer", token) : null);

    public override ValueTask<X509Certificate2?> GetClientCertificateAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Certificate);

    public override bool TryInvalidate(AuthenticationHeaderValue? rejected)
    {
        Invalidated++;
        if (Tokens.Count > 1)
            Tokens.Dequeue();
        return HasAnother;
    }
}
