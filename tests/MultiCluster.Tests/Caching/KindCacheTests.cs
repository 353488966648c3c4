using System.Reflection;
using MultiCluster.Api.Lists;
using MultiCluster.Caching;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Resources;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Changes;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Caching;

public sealed class KindCacheTests
{
    private static readonly FleetOptions Two = new() { Clusters = 2, Pods = 40 };

    [Fact]
    public async Task It_answers_as_the_server_does_and_asks_it_nothing()
    {
        await using var session = await TestSession.SelectedAsync(Two);
        var live = await session.TextsAsync("pods", cached: false);
        var (caches, _) = await session.CacheAsync(["pods"]);
        var before = session.Fleet.Clusters.Sum(static cluster => cluster.Requests.All.Count);

        var cached = await session.TextsAsync("pods", cached: true);

        Assert.Equal(live, cached);
        Assert.Equal(before, session.Fleet.Clusters.Sum(static cluster => cluster.Requests.All.Count));
        Assert.Equal(live.Count, caches.Sum(static cache => cache.Objects));
        Assert.All(caches, static cache => Assert.Equal((CacheState.Live, TimeSpan.Zero), (cache.State, cache.Age.ToTimeSpan())));
    }

    [Theory]
    [InlineData("pods", null, null, null)]
    [InlineData("pods", "kube-system", null, null)]
    [InlineData("pods", null, "app", null)]
    [InlineData("pods", null, "app,app notin (web)", null)]
    [InlineData("pods", null, null, "status.phase=Running")]
    [InlineData("pods", null, null, "status.phase!=Running")]
    [InlineData("pods", null, null, "spec.nodeName=node-1,status.phase=Running")]
    [InlineData("pods", null, null, "metadata.namespace=kube-system")]
    [InlineData("nodes", null, null, "spec.unschedulable=false")]
    [InlineData("secrets", null, null, "type=Opaque")]
    public async Task It_applies_selectors_as_the_server_does(string kind, string? ns, string? labels, string? fields)
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 60 });
        await session.CacheAsync([kind]);
        var query = new ResourceQuery { Kinds = [kind], Namespaces = ns is null ? [] : [ns], AllNamespaces = ns is null, LabelSelector = labels, FieldSelector = fields };

        var live = await session.ReadAsync(query);
        var cached = await session.ReadAsync(query with { Cached = true });

        Assert.Empty(live.Faults);
        Assert.Equal(live.Names("sim-1"), cached.Names("sim-1"));
    }

    [Fact]
    public async Task A_name_that_is_not_there_is_told_as_a_server_tells_it()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 20 });
        await session.CacheAsync(["pods"]);
        var some = (await session.ReadAsync("pods")).Objects[3];
        var query = new ResourceQuery { Kinds = ["pods"], Names = [some.Name, "nobody", "no*thing"], Namespaces = [some.Namespace!], Cached = true };

        var answer = await session.ReadAsync(query);

        Assert.Equal([some.Name], answer.Names("sim-1"));
        Assert.Equal("NotFound (pods \"nobody\" not found)", Assert.Single(answer.Faults).Detail);
    }

    [Fact]
    public async Task It_follows_what_is_added_changed_and_deleted()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 });
        var store = session.Fleet.Clusters[0].Store;
        store.Add(ConfigMap("b", "1"));
        var (caches, _) = await session.CacheAsync(["cm"], ["web"]);
        var cache = Assert.Single(caches);

        store.Add(ConfigMap("a", "1"));
        store.Replace(ConfigMap("b", "2"));
        await ShowsAsync("a=1 b=2");
        store.Remove("configmaps", "web", "a");
        await ShowsAsync("b=2");
        Assert.Equal(3, cache.Changes);

        Task ShowsAsync(string wanted) => TestSession.UntilAsync(
            () => string.Join(' ', cache.Cache.Read(null).Select(static item => $"{item.Name}={item.Root["data"u8]["v"u8].AsString()}").Where(static text => text.Length < 5)) == wanted, wanted);
    }

    [Fact]
    public async Task Under_random_faults_it_comes_to_hold_what_the_server_holds()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 2, Pods = 60 });
        foreach (var cluster in session.Fleet.Clusters)
        {
            cluster.Watches.History = 200;
            cluster.Faults.Add(ClusterFault.WatchChaos(seed: cluster.Name[^1], TimeSpan.FromMilliseconds(400)));
        }

        await session.CacheAsync(["pods"]);
        await Task.WhenAll(session.Fleet.Clusters.Select(static cluster => Churn.Start(cluster, new ChurnOptions { WritesPerSecond = 100, Writes = 300 }).Completion));
        session.Fleet.Clusters.ToList().ForEach(static cluster => cluster.Faults.Clear());

        var live = await VersionsAsync(cached: false);
        Assert.NotEmpty(live);
        await TestSession.UntilAsync(() => VersionsAsync(cached: true).GetAwaiter().GetResult().SequenceEqual(live), "the caches hold what the servers hold", TimeSpan.FromSeconds(60));

        async Task<IReadOnlyList<string>> VersionsAsync(bool cached)
        {
            var answer = await session.ReadAsync(new ResourceQuery { Kinds = ["pods"], AllNamespaces = true, Cached = cached });
            return [.. answer.Objects.Select(static item => $"{item.ClusterName} {item} {item.ResourceVersion}").Order(StringComparer.Ordinal)];
        }
    }

    [Fact]
    public async Task While_its_watch_is_broken_it_answers_with_a_warning_that_says_how_old_it_is()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 10 });
        var cluster = session.Fleet.Clusters[0];
        var (caches, _) = await session.CacheAsync(["pods"]);
        await cluster.StopAsync();
        await TestSession.UntilAsync(() => caches[0].State == CacheState.Stale, "the watch is broken");

        var answer = await session.ReadAsync(new ResourceQuery { Kinds = ["pods"], AllNamespaces = true, Cached = true });

        Assert.Equal(10, answer.Objects.Count);
        Assert.Empty(answer.Faults);
        var warning = Assert.Single(answer.Items.OfType<FanOutNotice>(), static notice => notice.Level == NoticeLevel.Warning);
        Assert.Matches(@"^pods are those of \d+m?s ago: the cache's watch is broken \(.+\)\.$", warning.Text);
        Assert.NotNull(caches[0].Fault);

        await cluster.StartAgainAsync();
        await TestSession.UntilAsync(() => caches[0].State == CacheState.Live, "it goes on by itself");
        Assert.Null(caches[0].Fault);
    }

    [Fact]
    public async Task Each_reader_gets_objects_of_his_own()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 5 });
        await session.CacheAsync(["pods"]);
        var query = new ResourceQuery { Kinds = ["pods"], AllNamespaces = true, Cached = true };

        var (first, second) = (await session.ReadAsync(query), await session.ReadAsync(query));

        Assert.All(first.Objects.Zip(second.Objects), static pair =>
        {
            Assert.NotSame(pair.First, pair.Second);
            Assert.Equal(pair.First.ToJson(), pair.Second.ToJson());
        });
    }

    [Fact]
    public async Task Its_objects_bear_the_name_that_the_cluster_has_now()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 5 });
        await session.CacheAsync(["pods"]);
        await session.Connection("sim-1").ApplyAsync(session.Connection("sim-1").Preferences, "renamed");

        var answer = await session.ReadAsync(new ResourceQuery { Kinds = ["pods"], AllNamespaces = true, Cached = true });

        Assert.Equal(5, answer.Objects.Count);
        Assert.All(answer.Objects, static item => Assert.Equal("renamed", item.ClusterName));
    }

    [Fact]
    public async Task A_kind_without_a_cache_is_read_from_the_server_and_that_is_said()
    {
        await using var session = await TestSession.SelectedAsync(Two);
        await session.CacheAsync(["pods"], ["web"]);

        var answer = await session.ReadAsync(new ResourceQuery { Kinds = ["nodes"], Cached = true });

        Assert.NotEmpty(answer.Names("sim-1"));
        Assert.NotEmpty(answer.Names("sim-2"));
        var remarks = answer.Items.OfType<FanOutNotice>().Where(static notice => notice.IsRemark).Select(static notice => notice.Text).Distinct();
        Assert.Equal("nodes have no cache there, and are read from the server. Enable-KubeCache nodes makes one.", Assert.Single(remarks));
    }

    [Fact]
    public async Task What_cannot_be_kept_is_a_fault_of_its_cluster_and_leaves_nothing()
    {
        await using var session = await TestSession.SelectedAsync(Two);
        session.Fleet["sim-2"].Faults.Add(ClusterFault.Forbidden());

        var (caches, answer) = await session.CacheAsync(["pods", "nosuchkind"]);

        Assert.Equal("sim-1", Assert.Single(caches).ClusterName);
        Assert.Contains(answer.Faults, static fault => fault is { Phase: FaultPhase.Forbidden, Cluster.ClusterName: "sim-2" } && fault.Advice!.StartsWith("-Namespace", StringComparison.Ordinal));
        Assert.Contains(answer.Faults, static fault => fault is { Phase: FaultPhase.KindNotFound, Cluster.ClusterName: "sim-1" });
        Assert.Empty(session.Caches("sim-2"));
    }

    [Fact]
    public async Task A_cluster_that_hangs_delays_no_others_cache_and_a_call_that_is_stopped_leaves_none_half_done()
    {
        await using var session = await TestSession.SelectedAsync(Two);
        session.Fleet["sim-2"].Faults.Add(ClusterFault.NeverAnswer());
        using var stop = new CancellationTokenSource();
        var caching = session.CacheAsync(["pods"], stop: stop);

        await TestSession.UntilAsync(() => session.Caches("sim-1") is [{ Answers: true }] && session.Caches("sim-2").Count == 1, "the first one answers while the other hangs");
        var hanging = session.Caches("sim-2")[0];
        await stop.CancelAsync();
        await caching.ContinueWith(static _ => { }, TaskScheduler.Default);

        await hanging.Ended;
        Assert.Empty(session.Caches("sim-2"));
        Assert.Single(session.Caches("sim-1"));
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_is_a_fault_and_not_waited_for_until_it_does()
    {
        await using var session = await TestSession.SelectedAsync(Two);
        session.Fleet["sim-2"].Faults.Add(ClusterFault.BlackHole());

        var (caches, answer) = await session.CacheAsync(["pods"], silence: TimeSpan.FromSeconds(1));

        Assert.Equal("sim-1", Assert.Single(caches).ClusterName);
        Assert.Equal(FaultPhase.Timeout, answer.Fault("sim-2").Phase);
        Assert.Empty(session.Caches("sim-2"));
    }

    [Fact]
    public async Task It_ends_with_its_cluster_and_when_it_is_stopped()
    {
        await using var session = await TestSession.SelectedAsync(Two);
        await session.CacheAsync(["pods"]);
        var (one, two) = (session.Caches("sim-1")[0], session.Caches("sim-2")[0]);

        ClusterCaches.Of(one.Connection).Stop(one);
        await session.Pool.DisconnectAsync([session.Cluster("sim-2")]);

        await Task.WhenAll(one.Ended, two.Ended);
        Assert.Equal((0, 0), (one.Status.Objects, two.Status.Objects));
        Assert.Empty(session.Caches("sim-1"));
        await TestSession.UntilAsync(() => session.Fleet.Clusters.All(static cluster => cluster.ActiveRequests == 0), "no watch is open");
    }

    [Fact]
    public async Task One_that_has_ended_by_itself_holds_on_to_nothing()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 5 });

        var link = await LinkOfEndedAsync(session);

        // The connection lives on, and would keep what is linked to it.
        await TestSession.UntilAsync(
            () =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return !link.IsAlive;
            },
            "what linked it to its connection is gone");
    }

    [Fact]
    public async Task What_is_left_out_of_a_cache_is_not_copied()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 40 });
        await session.CacheAsync(["pods"]);
        var cache = session.Caches("sim-1")[0];
        var seen = new List<KubeObject>();

        var first = cache.Read(null, item => { seen.Add(item); return seen.Count > 1; }).First();

        Assert.Equal(2, seen.Count);
        Assert.Equal(seen[1].Name, first.Name);
        Assert.NotSame(seen[1], first);
    }

    [Fact]
    public async Task A_namespace_that_is_not_there_is_told_as_of_a_live_list()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 20 });
        await session.CacheAsync(["pods"]);
        var query = new ResourceQuery { Kinds = ["pods"], Namespaces = ["nosuch", "kube-public"] };

        var live = await session.ReadAsync(query);
        var cached = await session.ReadAsync(query with { Cached = true });

        Assert.Equal(["there is no namespace 'nosuch'"], Remarks(live));
        Assert.Equal(Remarks(live), Remarks(cached));

        static IEnumerable<string> Remarks(TestAnswer answer) => answer.Items.OfType<FanOutNotice>().Where(static notice => notice.IsRemark).Select(static notice => notice.Text);
    }

    [Fact]
    public async Task One_that_is_there_is_not_begun_twice()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 5 });
        await session.CacheAsync(["pods"]);

        var (caches, _) = await session.CacheAsync(["po", "pods"]);

        Assert.Equal(2, caches.Count);
        Assert.Single(session.Caches("sim-1"));
    }

    /// <summary>What linked a cache to its connection that has ended by itself: its kind is none.</summary>
    private static async Task<WeakReference> LinkOfEndedAsync(TestSession session)
    {
        var kind = new ResourceKind { Group = "", Version = "v1", Kind = "Nothing", Plural = "nothings", Namespaced = true, Verbs = ["list", "watch"] };
        var cache = KindCache.Start(session.Connection("sim-1"), kind, null, CallContext.Default);
        await cache.Ended;
        Assert.Equal(CacheState.Ended, cache.Status.State);
        return new(typeof(KindCache).GetField("_stop", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(cache));
    }

    private static string ConfigMap(string name, string value) =>
        $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}","namespace":"web"},"data":{"v":"{{{value}}}"} }""";
}
