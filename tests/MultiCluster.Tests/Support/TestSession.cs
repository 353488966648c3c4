using System.Collections.Concurrent;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Http;
using MultiCluster.Kubeconfig;
using MultiCluster.Resources;
using MultiCluster.Sandbox;
using MultiCluster.Tests.Kubeconfig;

namespace MultiCluster.Tests.Support;

/// <summary>A pool over folders of its own, with simulated clusters or without any, and what happened in it.</summary>
public sealed class TestSession : IAsyncDisposable
{
    private readonly SimulatedFleet? _fleet;
    private readonly List<ClusterPool> _pools = [];
    private readonly Func<ClusterPoolOptions, ClusterPoolOptions> _options;

    private TestSession(SimulatedFleet? fleet, UserKind user, Func<ClusterPoolOptions, ClusterPoolOptions>? options)
    {
        _fleet = fleet;
        _options = options ?? (static made => made);
        Directory.CreateDirectory(Folder["home"]);
        Kubeconfig = Folder["fleet.yaml"];
        Variables["KUBECONFIG"] = Kubeconfig;
        fleet?.WriteKubeconfig(Kubeconfig, user);
        Pool = NewPool();
        Pool.Changed += Events.Enqueue;
    }

    /// <summary>The folder of everything that the session reads and writes.</summary>
    public TempFolder Folder { get; } = new();

    /// <summary>The environment.</summary>
    public ConcurrentDictionary<string, string> Variables { get; } = new();

    /// <summary>The fleet's kubeconfig; KUBECONFIG names it.</summary>
    public string Kubeconfig { get; }

    /// <summary>The simulated clusters.</summary>
    public SimulatedFleet Fleet => _fleet ?? throw new InvalidOperationException("This session has no clusters.");

    /// <summary>The pool.</summary>
    public ClusterPool Pool { get; }

    /// <summary>What the pool has told, oldest first.</summary>
    public ConcurrentQueue<ClusterEvent> Events { get; } = new();

    /// <summary>The names of the selected clusters.</summary>
    public IEnumerable<string> Names => Pool.Selected.Select(cluster => cluster.ClusterName);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A session with a fleet behind it, and nothing selected.</summary>
    public static async Task<TestSession> StartAsync(
        FleetOptions? fleet = null, UserKind user = UserKind.AdminToken, Func<ClusterPoolOptions, ClusterPoolOptions>? options = null) =>
        new(await SimulatedFleet.StartAsync(fleet ?? new FleetOptions(), Stop), user, options);

    /// <summary>A session with a fleet behind it, and all of it selected, without a request.</summary>
    public static async Task<TestSession> SelectedAsync(
        FleetOptions? fleet = null, UserKind user = UserKind.AdminToken, Func<ClusterPoolOptions, ClusterPoolOptions>? options = null)
    {
        var session = await StartAsync(fleet, user, options);
        await session.Pool.SelectAsync(new SelectionRequest { All = true });
        return session;
    }

    /// <summary>A session whose kubeconfig has contexts of clusters that are never asked.</summary>
    public static TestSession Offline(params string[] contexts)
    {
        var session = new TestSession(null, UserKind.AdminToken, null);
        session.Folder.Write("fleet.yaml", Yaml.Of(contexts));
        return session;
    }

    /// <summary>A session with one context, <c>it</c>, of the given cluster and user as JSON has them.</summary>
    public static TestSession Of(object cluster, object? user = null, Func<ClusterPoolOptions, ClusterPoolOptions>? options = null)
    {
        var session = new TestSession(null, UserKind.AdminToken, options);
        session.Folder.Write("fleet.yaml", Yaml.Json(cluster, user ?? new { }));
        return session;
    }

    /// <summary>Another pool of the same user, as in a second session.</summary>
    public ClusterPool NewPool()
    {
        var made = new ClusterPoolOptions
        {
            Search = new KubeconfigSearch { ReadVariable = name => Variables.GetValueOrDefault(name), HomeFolder = Folder["home"], CurrentFolder = Folder.Path },
            ConfigurationFolder = Folder["configuration"],
            CacheFolder = Folder["cache"],
            Random = static () => 0,
        };
        var pool = new ClusterPool(_options(made));
        _pools.Add(pool);
        return pool;
    }

    /// <summary>Selects by name.</summary>
    public Task<SelectionResult> SelectAsync(params string[] names) => Pool.SelectAsync(new SelectionRequest { Names = names });

    /// <summary>Contacts what is selected.</summary>
    public Task ConnectAsync() => ClusterPool.ConnectAsync(Pool.Selected, TimeSpan.FromSeconds(30), null, Stop);

    /// <summary>The selected cluster of a name.</summary>
    public KubeCluster Cluster(string name) => Pool.Selected.Single(cluster => cluster.ClusterName == name);

    /// <summary>The connection of a selected cluster.</summary>
    internal ClusterConnection Connection(string name) => Cluster(name).Connection!;

    /// <summary>Starts to read from every selected cluster.</summary>
    internal FanOutRun Start(ResourceQuery query, FanOutOptions? options = null, RequestTimeouts? timeouts = null)
    {
        var reader = new ResourceReader(query);
        var clusters = Pool.Selected;
        var byConnection = clusters.ToDictionary(cluster => cluster.Connection!);
        return FanOutRun.Start([.. byConnection.Keys], options ?? new FanOutOptions(), (connection, sink, stop) =>
        {
            var call = new CallContext
            {
                Timeouts = timeouts ?? RequestTimeouts.Default,
                Say = text => Said.Enqueue($"{connection.Identity.ClusterName}: {text}"),
            };
            return reader.ReadAsync(connection, Pool.Namespaces.For(byConnection[connection]), call, sink, stop);
        });
    }

    /// <summary>What calls said for the Verbose stream.</summary>
    public ConcurrentQueue<string> Said { get; } = new();

    /// <summary>Reads from every selected cluster, to the end.</summary>
    internal async Task<TestAnswer> ReadAsync(ResourceQuery query, FanOutOptions? options = null, RequestTimeouts? timeouts = null)
    {
        var run = Start(query, options, timeouts);
        await using var _ = run;
        return await TestAnswer.OfAsync(run);
    }

    /// <summary>Reads a kind of all namespaces from every selected cluster.</summary>
    internal Task<TestAnswer> ReadAsync(params string[] kinds) => ReadAsync(new ResourceQuery { Kinds = kinds, AllNamespaces = true });

    /// <summary>Waits until a condition is true that another thread is about to bring about; at most twenty seconds, unless another bound is given.</summary>
    public static async Task UntilAsync(Func<bool> condition, string what, TimeSpan? bound = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(bound ?? TimeSpan.FromSeconds(20));
        while (!condition())
        {
            if (limit.IsCancellationRequested)
                Assert.Fail($"This did not come true: {what}.");
            await Task.Delay(TimeSpan.FromMilliseconds(5), Stop);
        }
    }

    /// <summary>Waits for an event of a cluster.</summary>
    public Task UntilAsync(ClusterEventKind kind, string? name = null) =>
        UntilAsync(() => Events.Any(happened => happened.Kind == kind && (name is null || happened.ClusterName == name)), $"{kind} of {name ?? "the selection"}");

    /// <summary>Ends the pools, then the clusters.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var pool in _pools)
            await pool.DisposeAsync();
        if (_fleet is not null)
            await _fleet.DisposeAsync();
        Folder.Dispose();
    }
}
