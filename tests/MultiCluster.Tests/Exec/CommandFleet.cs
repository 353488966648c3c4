using MultiCluster.Api.Lists;
using MultiCluster.Exec;
using MultiCluster.FanOut;
using MultiCluster.Objects;
using MultiCluster.Pods;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Containers;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Exec;

/// <summary>Simulated clusters with a few running pods, and commands in them.</summary>
internal sealed class CommandFleet : IAsyncDisposable
{
    public const string Namespace = "web";

    private CommandFleet(TestSession session) => Session = session;

    public TestSession Session { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<CommandFleet> StartAsync(int clusters = 1, params string[] pods)
    {
        var fleet = new CommandFleet(await TestSession.SelectedAsync(
            new FleetOptions { Clusters = clusters, Pods = 0, LogLinesPerSecond = 0 }));
        foreach (var cluster in fleet.Session.Fleet.Clusters)
        {
            cluster.Store.Add("""{"apiVersion":"v1","kind":"Node","metadata":{"name":"node-1"} }""");
            foreach (var pod in pods.Length == 0 ? ["web-1"] : pods)
                fleet.AddPod(pod, cluster.Name);
        }

        return fleet;
    }

    public SimulatedCluster Cluster(string name = "sim-1") => Session.Fleet[name];

    /// <summary>Adds a pod with the containers c and side, and the label app=web.</summary>
    public void AddPod(string name, string cluster = "sim-1", string phase = "Running", string state = "running", bool ready = true, string annotations = "{}") => Cluster(cluster).Store.Add(
        $$$"""
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{name}}}","namespace":"{{{Namespace}}}","labels":{"app":"web"},"annotations":{{{annotations}}} },
         "spec":{"nodeName":"node-1","containers":[{"name":"c","image":"i"},{"name":"side","image":"i"}]},
         "status":{"phase":"{{{phase}}}","conditions":[{"type":"Ready","status":"{{{ready}}}"}],
                   "containerStatuses":[{"name":"c","state":{"{{{state}}}":{"reason":"Why"} },"restartCount":0,"containerID":"x"},{"name":"side","state":{"{{{state}}}":{} },"restartCount":0,"containerID":"y"}]} }
        """);

    /// <summary>Puts a program into every container of a pod.</summary>
    public void Program(string name, ContainerProgram program, string pod = "web-1", string cluster = "sim-1") =>
        Cluster(cluster).Containers.Use(Namespace, pod, new ContainerOptions { Programs = new Dictionary<string, ContainerProgram> { [name] = program } });

    /// <summary>A query of a command in all pods, unless they are named.</summary>
    public static CommandQuery Query(params string[] command) => new() { Command = command, Names = ["*"] };

    /// <summary>Begins to run a command in every cluster.</summary>
    public CommandRun Start(CommandQuery query, FanOutOptions? options = null) => new(Session, new CommandCall(query, Session.Pool.Selected.Count, TimeProvider.System), options ?? new FanOutOptions());

    /// <summary>The pods of a cluster as they are now.</summary>
    public async Task<IReadOnlyList<KubeObject>> PodsAsync(string cluster = "sim-1")
    {
        var pods = new List<KubeObject>();
        var lister = Session.Pool.Selected.Single(one => one.ClusterName == cluster).Connection!.Session.Objects;
        await foreach (var piece in lister.ListAsync(PodFinder.PodKind, new ListQuery { Namespace = Namespace }, CallContext.Default, Stop))
            pods.AddRange(piece);
        return pods;
    }

    /// <summary>Runs a command in every cluster, to the end.</summary>
    public async Task<CommandRun> RunAsync(CommandQuery query)
    {
        var run = Start(query);
        await using var _ = run;
        await run.EndAsync();
        return run;
    }

    /// <summary>Waits until no cluster answers any more.</summary>
    public Task SilentAsync() => TestSession.UntilAsync(() => Session.Fleet.Clusters.All(static cluster => cluster.ActiveRequests == 0), "no request is under way");

    public ValueTask DisposeAsync() => Session.DisposeAsync();
}

/// <summary>A command that runs on every selected cluster, and what it has brought so far.</summary>
internal sealed class CommandRun(TestSession session, CommandCall call, FanOutOptions options) : TestStream<KubeCommandOutput>(
    session, options, call, (cluster, sink, stop) => call.RunAsync(cluster.Connection!, CommandFleet.Namespace, CallContext.Default, sink, stop))
{
    /// <summary>The lines of a stream, with where they come from where that is asked for.</summary>
    public IEnumerable<string> Lines(CommandStream stream = CommandStream.Output) => Objects.Where(line => line.Stream == stream).Select(static line => line.Line);

    /// <summary>Each line with its cluster and pod, in the order of their names.</summary>
    public IEnumerable<string> Told => Objects.Select(static line => $"{line.ClusterName} {line.Pod} {line.Container} {line.Line}").Order(StringComparer.Ordinal);

    /// <summary>The results that were written, as with <see cref="CommandQuery.Raw"/>.</summary>
    public IEnumerable<KubeCommandResult> Written => Items.OfType<FanOutObjects<KubeCommandResult>>().SelectMany(static item => item.Objects);

    /// <summary>The results in the report.</summary>
    public IEnumerable<KubeCommandResult> Results => Run.Report(1).Clusters.SelectMany(static row => row.Results).Cast<KubeCommandResult>().OrderBy(static result => result.Pod, StringComparer.Ordinal);
}
