using MultiCluster.Api.Lists;
using MultiCluster.Copying;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Containers;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Copying;

/// <summary>What a copy brought.</summary>
internal sealed record CopyAnswer(IReadOnlyList<FanOutItem> Items, FanOutReport Report, CopyCall Call)
{
    public IReadOnlyList<KubeCopyResult> Results => [.. Items.OfType<FanOutObjects<KubeCopyResult>>().SelectMany(static item => item.Objects)];

    public IReadOnlyList<Fault> Faults => [.. Items.OfType<FanOutFault>().Select(static item => item.Fault)];

    public IReadOnlyList<string> Warnings => [.. Items.OfType<FanOutNotice>().Where(static item => item.Level == NoticeLevel.Warning).Select(static item => item.Text)];

    public KubeCopyResult Result => Assert.Single(Results);

    public Fault Fault => Assert.Single(Faults);
}

/// <summary>Simulated clusters whose pods have files, and copies with them.</summary>
internal sealed class CopyFleet : IAsyncDisposable
{
    private CopyFleet(TestSession session) => Session = session;

    public TestSession Session { get; }

    /// <summary>Folders of this machine.</summary>
    public string this[string name] => Session.Folder[name];

    public static async Task<CopyFleet> StartAsync(int clusters = 1, string version = "v1.33.1") =>
        new(await TestSession.SelectedAsync(new FleetOptions { Clusters = clusters, Pods = 0, Version = version }));

    /// <summary>A pod of a cluster, and the files of its container.</summary>
    public ContainerFiles Add(string name, ContainerOptions? options = null, string cluster = "sim-1", params string[] more)
    {
        var one = Session.Fleet[cluster];
        if (one.Store.Find("nodes", null, "node-1") is null)
            one.Store.Add("""{"apiVersion":"v1","kind":"Node","metadata":{"name":"node-1"}}""");
        string[] containers = ["app", .. more];
        one.Store.Add($$"""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{name}}","namespace":"web","labels":{"app":"web"} },
             "spec":{"nodeName":"node-1","containers":[{{string.Join(',', containers.Select(static container => $$"""{"name":"{{container}}","image":"i"}"""))}}]},
             "status":{"phase":"Running","containerStatuses":[{{string.Join(',', containers.Select(static container => $$"""{"name":"{{container}}","state":{"running":{"startedAt":"2026-01-01T00:00:00Z"} },"restartCount":0}"""))}}]} }
            """);
        if (options is not null)
            one.Containers.Use("web", name, options);
        return Files(name, cluster);
    }

    public ContainerFiles Files(string pod, string cluster = "sim-1", string container = "app") => Session.Fleet[cluster].Containers.FilesOf("web", pod, container);

    /// <summary>Copies out of pods.</summary>
    public Task<CopyAnswer> OutAsync(string path, string destination, Func<CopyQuery, CopyQuery>? with = null) =>
        RunAsync(With(new CopyQuery { Names = ["*"], Namespaces = ["web"], Sources = [path], Destination = this[destination], FolderForEachPod = false }, with));

    /// <summary>Copies into pods.</summary>
    public Task<CopyAnswer> InAsync(string path, string destination, Func<CopyQuery, CopyQuery>? with = null) =>
        RunAsync(With(new CopyQuery { Names = ["*"], Namespaces = ["web"], Sources = [this[path]], Destination = destination, ToPods = true }, with));

    public (FanOutRun Run, CopyCall Call) Start(CopyQuery query)
    {
        var clusters = Session.Pool.Selected;
        var call = new CopyCall(query, [.. clusters.Select(static cluster => cluster.ClusterName)], TimeProvider.System, TestContext.Current.CancellationToken);
        return (FanOutRun.Start([.. clusters.Select(static cluster => cluster.Connection!)], new FanOutOptions(), (connection, sink, stop) => call.RunAsync(connection, "web", new CallContext { Say = Session.Said.Enqueue }, sink, stop)), call);
    }

    public async Task<CopyAnswer> RunAsync(CopyQuery query)
    {
        var (run, call) = Start(query);
        using var __ = call;
        await using var _ = run;
        List<FanOutItem> items = [];
        await foreach (var item in run.Items.ReadAllAsync(TestContext.Current.CancellationToken))
            items.Add(item);
        return new CopyAnswer(items, run.Report(1), call);
    }

    public ValueTask DisposeAsync() => Session.DisposeAsync();

    private static CopyQuery With(CopyQuery query, Func<CopyQuery, CopyQuery>? with) => with?.Invoke(query) ?? query;
}
