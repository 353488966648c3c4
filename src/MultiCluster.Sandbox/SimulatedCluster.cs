using System.Net;
using MultiCluster.Sandbox.Access;
using MultiCluster.Sandbox.Controllers;
using MultiCluster.Sandbox.Data;
using MultiCluster.Sandbox.Faults;
using MultiCluster.Sandbox.Hosting;
using MultiCluster.Sandbox.Logs;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox;

/// <summary>One simulated Kubernetes cluster: a port, a certificate authority, users, objects, and faults.</summary>
public sealed class SimulatedCluster
{
    private readonly SeededRandom _random;
    private int _activeRequests;
    private bool _stopped;

    internal SimulatedCluster(string name, FleetOptions options, ClusterClock clock, ClusterStore store, SeededRandom random)
    {
        _random = random;
        Name = name;
        Store = store;
        Clock = clock;
        Version = options.Version;
        Discovery = options.Discovery;
        AdminToken = $"{name}-admin-token";
        Certificates = new ClusterCertificates(name);
        Connections = new ClusterConnections(this);
        Faults = new FaultList(this);
        Controllers = new ClusterControllers(this);
        Kubelets = new Kubelets(this);
        Logs = new ClusterLogs(this, options.LogLinesPerSecond);
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
    }

    public string Name { get; }

    /// <summary>The API server's address.</summary>
    public Uri Server { get; private set; } = null!;

    /// <summary>PEM text of the certificate authority that signed the server's certificate.</summary>
    public string CaPem => Certificates.CaPem;

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

    /// <summary>What is wrong with the cluster; may be changed at any time.</summary>
    public FaultList Faults { get; }

    public RequestLog Requests { get; } = new();

    /// <summary>Which aggregated discovery it offers.</summary>
    public DiscoveryMode Discovery { get; set; }

    /// <summary>What <c>/version</c> tells as <c>gitVersion</c>.</summary>
    public string Version { get; set; }

    /// <summary>TCP connections that clients hold open.</summary>
    public int OpenConnections => Connections.Count;

    /// <summary>Requests not answered to the end yet.</summary>
    public int ActiveRequests => Volatile.Read(ref _activeRequests);

    internal ClusterClock Clock { get; }

    internal TimeProvider Time => Clock;

    internal Kubelets Kubelets { get; }

    internal ClusterCertificates Certificates { get; }

    internal ClusterConnections Connections { get; }

    internal ClusterListener Listener { get; private set; } = null!;

    /// <summary>Refuses connections and drops those that are open, as a server that went down.</summary>
    public Task StopAsync()
    {
        _stopped = true;
        UpdateListener();
        Connections.AbortAll();
        return Task.CompletedTask;
    }

    /// <summary>Listens again at the same port.</summary>
    public Task StartAgainAsync()
    {
        _stopped = false;
        UpdateListener();
        return Task.CompletedTask;
    }

    /// <summary>Writes a kubeconfig with one context, named as the cluster.</summary>
    public void WriteKubeconfig(string path, UserKind user = UserKind.AdminToken) => KubeconfigWriter.Write(path, [(this, user)]);

    internal void Attach(ClusterListener listener)
    {
        Listener = listener;
        Server = new UriBuilder("https", "127.0.0.1", ((IPEndPoint)listener.EndPoint).Port).Uri;
    }

    internal void UpdateListener()
    {
        if (_stopped || Faults.RefusesConnections) Listener.Close();
        else Listener.Open();
    }

    /// <summary>A random number from 0 to 1.</summary>
    internal double Chance() => _random.NextDouble();

    internal void RequestStarted() => Interlocked.Increment(ref _activeRequests);

    internal void RequestEnded() => Interlocked.Decrement(ref _activeRequests);
}
