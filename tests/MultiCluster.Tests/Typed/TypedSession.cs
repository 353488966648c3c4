using k8s;
using k8s.Models;
using MultiCluster.Http;
using MultiCluster.Objects;
using MultiCluster.Sandbox;
using MultiCluster.Tests.Support;
using MultiCluster.Typed;
using MultiCluster.Typed.Models;
using MultiCluster.Typed.Transport;

namespace MultiCluster.Tests.Typed;

/// <summary>The typed client of one simulated cluster.</summary>
internal sealed class TypedSession : IAsyncDisposable
{
    private readonly TestSession _session;

    private TypedSession(TestSession session) => _session = session;

    public SimulatedCluster Cluster => _session.Fleet["sim-1"];

    /// <summary>What the cluster was asked.</summary>
    public IEnumerable<string> Asked => Cluster.Requests.All.Select(request => $"{request.Method} {request.Path}");

    public static async Task<TypedSession> StartAsync(UserKind user = UserKind.AdminToken, Func<string, string>? kubeconfig = null)
    {
        var session = await TestSession.StartAsync(new FleetOptions { Pods = 12 }, user);
        if (kubeconfig is not null)
            await File.WriteAllTextAsync(session.Kubeconfig, kubeconfig(await File.ReadAllTextAsync(session.Kubeconfig)));
        await session.SelectAsync("sim-1");
        return new TypedSession(session);
    }

#pragma warning disable CA1859 // the library's own operations are meant, which KubeClient has others in place of
    public IKubernetes Client(KubeClientOptions? options = null) =>
        KubeClient.Of(_session.Connection("sim-1"), ModelStore.Of(_session.Pool), options ?? new KubeClientOptions());

    /// <summary>The typed client with a bound on silence.</summary>
    public IKubernetes Impatient() => Client(new KubeClientOptions { Timeouts = new RequestTimeouts { Silence = TimeSpan.FromMilliseconds(2500) } });
#pragma warning restore CA1859

    /// <summary>The library's own client of the same kubeconfig.</summary>
    public IKubernetes Stock(Action<KubernetesClientConfiguration>? change = null)
    {
        var configuration = KubernetesClientConfiguration.BuildConfigFromConfigFile(_session.Kubeconfig, "sim-1");
        change?.Invoke(configuration);
        return new Kubernetes(configuration);
    }

    /// <summary>The objects of a kind, as the engine reads them.</summary>
    public async Task<IReadOnlyList<KubeObject>> ReadAsync(string plural) => (await _session.ReadAsync(plural)).Objects;

    public static V1ConfigMap ConfigMap(string name) => new()
    {
        ApiVersion = "v1",
        Kind = "ConfigMap",
        Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = "web" },
        Data = new Dictionary<string, string> { ["a"] = "1" },
    };

    public ValueTask DisposeAsync() => _session.DisposeAsync();
}
