using MultiCluster.Sandbox.Access;
using MultiCluster.Sandbox.Connections;
using MultiCluster.Sandbox.Data;
using MultiCluster.Sandbox.Discovery;
using MultiCluster.Sandbox.Faults;
using MultiCluster.Sandbox.Hosting;
using MultiCluster.Sandbox.Kubelets;
using MultiCluster.Sandbox.Logs;
using MultiCluster.Sandbox.Metrics;
using MultiCluster.Sandbox.Nodes;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Sandbox.Server;
using MultiCluster.Sandbox.Writes;

namespace MultiCluster.Sandbox;

/// <summary>One simulated Kubernetes cluster: a port, a certificate authority, users, objects, and faults.</summary>
public sealed class SimulatedCluster
{
    private readonly ApiCatalog _catalog;
    private readonly ClusterConnections _connections = new();
    private bool _stopped;

    internal SimulatedCluster(string name, FleetOptions options, ClusterClock clock, ClusterStore store, SeededRandom random)
    {
        Name = name;
        Store = store;
        AdminToken = $"{name}-admin-token";
        LimitedUser = new SimulatedUser
        {
            Name = "jane",
            Token = $"{name}-jane-token",
            Groups = ["developers"],
            Rules =
            [
                new("get list watch", "pods pods/log services endpoints configmaps events deployments replicasets statefulsets daemonsets jobs cronjobs ingresses", "web"),
                new("get list watch", "namespaces"),
            ],
        };
        Users =
        [
            new SimulatedUser { Name = "admin", Token = AdminToken, Groups = ["system:masters"] },
            new SimulatedUser { Name = "operator", Password = $"{name}-password", Groups = ["system:masters"] },
            LimitedUser,
        ];

        _catalog = new ApiCatalog(store.Kinds) { Version = options.Version, Mode = options.Discovery };
        var deletion = new Deletion(store);
        var times = new PodTimes();
        PodEnder = new PodEnder(store, deletion, times);
        Controllers = new ClusterControllers(store, deletion, PodEnder, times, seed: name.Length);
        Logs = new ClusterLogs(store, options.LogLinesPerSecond);
        Containers = new ClusterContainers(store, options.Version);
        Metrics = new ClusterMetrics(store, options.Seed, options.Metrics);
        Certificates = new ClusterCertificates(name);
        Faults = new FaultList(new FaultTarget(store, clock, Certificates, _connections, _catalog));
        Host = new ClusterServer(
            _connections,
            options.Tls ? Certificates : null,
            new Authenticator(Users, Certificates),
            Faults,
            store,
            new ApiServer(store, _catalog, deletion, Logs, Containers, new MetricRequests(store, Metrics), random));
    }

    public string Name { get; }

    /// <summary>The API server's address.</summary>
    public Uri Server => field ??= new UriBuilder(Host.Tls ? "https" : "http", "127.0.0.1", _connections.Port).Uri;

    /// <summary>PEM text of the certificate authority that signed the server's certificate; empty where it speaks http.</summary>
    public string CaPem => Host.Tls ? Certificates.CaPem : "";

    /// <summary>Bearer token of a user who may do everything.</summary>
    public string AdminToken { get; }

    /// <summary>Everybody who may log in.</summary>
    public IReadOnlyList<SimulatedUser> Users { get; }

    /// <summary>jane, who may read workloads in the namespace web, and namespaces; her rules can be replaced.</summary>
    public SimulatedUser LimitedUser { get; }

    public ClusterStore Store { get; }

    /// <summary>How watches are served.</summary>
    public WatchSettings Watches => Store.Watches;

    /// <summary>What acts in the cluster by itself, and how long that takes.</summary>
    public ClusterControllers Controllers { get; }

    /// <summary>The containers' logs.</summary>
    public ClusterLogs Logs { get; }

    /// <summary>What there is in the pods' containers: programs, files, ports.</summary>
    public ClusterContainers Containers { get; }

    /// <summary>What metrics-server tells of nodes and pods, where the cluster has one.</summary>
    public ClusterMetrics Metrics { get; }

    /// <summary>What is wrong with the cluster; may be changed at any time.</summary>
    public FaultList Faults { get; }

    public RequestLog Requests => Host.Requests;

    /// <summary>Which aggregated discovery it offers.</summary>
    public DiscoveryMode Discovery
    {
        get => _catalog.Mode;
        set => _catalog.Mode = value;
    }

    /// <summary>What <c>/version</c> tells as <c>gitVersion</c>.</summary>
    public string Version
    {
        get => _catalog.Version;
        set => _catalog.Version = value;
    }

    /// <summary>TCP connections that clients hold open.</summary>
    public int OpenConnections => _connections.Count;

    /// <summary>Requests not answered to the end yet.</summary>
    public int ActiveRequests => Host.ActiveRequests;

    internal PodEnder PodEnder { get; }

    internal ClusterCertificates Certificates { get; }

    /// <summary>What answers at its port.</summary>
    internal ClusterServer Host { get; }

    /// <summary>Refuses connections and drops those that are open, as a server that went down.</summary>
    public Task StopAsync()
    {
        if (!_stopped) _connections.Refuse();
        _stopped = true;
        return Task.CompletedTask;
    }

    /// <summary>Listens again at the same port.</summary>
    public Task StartAgainAsync()
    {
        if (_stopped) _connections.Accept();
        _stopped = false;
        return Task.CompletedTask;
    }

    /// <summary>Writes a kubeconfig with one context, named as the cluster.</summary>
    public void WriteKubeconfig(string path, UserKind user = UserKind.AdminToken) => KubeconfigWriter.Write(path, [(this, user)]);
}
