using MultiCluster.Faults;
using MultiCluster.Logs;
using MultiCluster.Objects;
using MultiCluster.Sandbox;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Logs;

public sealed class LogTargetTests
{
    private const string Web = "\"app\":\"web\"";

    [Fact]
    public async Task Pods_are_found_by_name_wildcard_and_selectors()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty);
        var cluster = session.Fleet.Clusters[0];
        foreach (var (name, labels) in new[] { ("web-1", Web), ("web-2", ""), ("db-1", Web) })
        {
            cluster.AddRunning(name, labels: labels);
            cluster.Write(name, name);
        }

        Assert.Equal(["web-2"], await ReadAsync(session, LogPods.All with { Names = ["web-2"] }));
        Assert.Equal(["web-1", "web-2"], await ReadAsync(session, LogPods.All with { Names = ["WEB-*"] }));
        Assert.Equal(["db-1", "web-1"], await ReadAsync(session, LogPods.All with { LabelSelector = "app=web" }));
        Assert.Equal(["web-1"], await ReadAsync(session, LogPods.All with { Names = ["web-*"], LabelSelector = "app=web" }));
        Assert.Equal(["db-1"], await ReadAsync(session, LogPods.All with { FieldSelector = "metadata.name=db-1" }));
        Assert.Equal(["web-1"], await ReadAsync(session, new LogQuery { Names = ["web-1"], AllNamespaces = true }));
        Assert.Equal(["web-1"], await ReadAsync(session, new LogQuery { Names = ["pod/web-1"], Namespaces = ["web"] }));
    }

    [Fact]
    public async Task A_name_that_is_not_there_is_an_error_however_it_is_looked_for()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty);
        session.Fleet.Clusters[0].AddRunning("web-1");
        foreach (var query in new[]
        {
            LogPods.All with { Names = ["web-9"] },
            LogPods.All with { Names = ["web-9", "web-*"] },
            new LogQuery { Names = ["web-9"], AllNamespaces = true },
            LogPods.All with { Names = ["deployment/web-9"] },
        })
        {
            var fault = Assert.Single((await TestLogs.ReadAsync(session, query)).Faults);
            Assert.Equal(FaultPhase.NotFound, fault.Phase);
            Assert.Contains("web-9", fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_deployments_pods_are_those_that_its_replica_sets_own_whatever_their_names()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty);
        var cluster = session.Fleet.Clusters[0];
        var deployment = cluster.AddWorkload("apps/v1", "Deployment", "web", Web);
        var set = cluster.AddWorkload("apps/v1", "ReplicaSet", "web-abc", Web, LogPods.Owner("Deployment", "web", deployment));
        var stranger = cluster.AddWorkload("apps/v1", "ReplicaSet", "web-xyz", Web);
        Add(cluster, "oddly-named", Web, LogPods.Owner("ReplicaSet", "web-abc", set));
        Add(cluster, "web-xyz-1", Web, LogPods.Owner("ReplicaSet", "web-xyz", stranger));
        Add(cluster, "web-abc-1", "", LogPods.Owner("ReplicaSet", "web-abc", set)); // given up: its labels were taken away
        Add(cluster, "web-bare", Web, "");
        Assert.Equal(["oddly-named"], await ReadAsync(session, LogPods.All with { Names = ["deploy/web"] }));
        Assert.Equal(["oddly-named"], await ReadAsync(session, LogPods.All with { Names = ["deployments.apps/w*"] }));
        Assert.Equal(["web-xyz-1"], await ReadAsync(session, LogPods.All with { Names = ["rs/web-xyz"] }));
    }

    [Fact]
    public async Task Pods_of_the_other_workloads_are_found_by_their_owners()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty);
        var cluster = session.Fleet.Clusters[0];
        foreach (var kind in new[] { "StatefulSet", "DaemonSet" })
        {
            var uid = cluster.AddWorkload("apps/v1", kind, kind.ToLowerInvariant(), $"\"app\":\"{kind}\"");
            Add(cluster, $"{kind.ToLowerInvariant()}-0", $"\"app\":\"{kind}\"", LogPods.Owner(kind, kind.ToLowerInvariant(), uid));
        }

        var cron = cluster.AddWorkload("batch/v1", "CronJob", "nightly");
        foreach (var (job, owner) in new[] { ("nightly-1", cron), ("nightly-2", cron), ("nightly-by-hand", "") })
        {
            var uid = cluster.AddWorkload("batch/v1", "Job", job, $"\"job-name\":\"{job}\"", owner.Length == 0 ? "" : LogPods.Owner("CronJob", "nightly", owner));
            Add(cluster, $"{job}-x", $"\"job-name\":\"{job}\"", LogPods.Owner("Job", job, uid));
        }

        Assert.Equal(["statefulset-0"], await ReadAsync(session, LogPods.All with { Names = ["sts/statefulset"] }));
        Assert.Equal(["daemonset-0"], await ReadAsync(session, LogPods.All with { Names = ["daemonset/daemonset"] }));
        Assert.Equal(["nightly-2-x"], await ReadAsync(session, LogPods.All with { Names = ["job/nightly-2"] }));
        Assert.Equal(["nightly-1-x", "nightly-2-x"], await ReadAsync(session, LogPods.All with { Names = ["cronjob/nightly"] }));
    }

    [Fact]
    public async Task A_nodes_pods_are_read_in_all_namespaces()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 60, LogLinesPerSecond = 0.1 });
        var cluster = session.Fleet.Clusters[0];
        var node = cluster.Store.List("nodes")[0].Name;
        var logs = await TestLogs.ReadAsync(session, new LogQuery { Names = [$"node/{node}"], Tail = 1 });
        var pods = logs.Lines.Select(line => line.Pod).Distinct().ToArray();
        Assert.NotEmpty(pods);
        Assert.True(logs.Lines.Select(line => line.Namespace).Distinct().Count() > 1);
        Assert.All(pods, pod => Assert.Equal(node, cluster.Store.List("pods").Single(one => one.Name == pod).ToJson()["spec"]!["nodeName"]!.ToString()));
    }

    [Fact]
    public async Task Objects_are_looked_up_in_their_own_cluster()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty with { Clusters = 2 });
        foreach (var cluster in session.Fleet.Clusters)
        {
            var uid = cluster.AddWorkload("apps/v1", "StatefulSet", "db", "\"app\":\"db\"");
            Add(cluster, "db-0", "\"app\":\"db\"", LogPods.Owner("StatefulSet", "db", uid));
            Add(cluster, "web-1", Web, "");
        }

        var pod = (await session.ReadAsync("pods")).Objects.Single(pod => pod is { ClusterName: "sim-2", Name: "web-1" });
        var set = (await session.ReadAsync("statefulsets")).Objects.Single(one => one.ClusterName == "sim-1");
        var logs = await TestLogs.ReadAsync(session, new LogQuery { Objects = [pod, set] });
        Assert.Equal(["sim-1 db-0", "sim-2 web-1"], logs.Lines.Select(line => $"{line.ClusterName} {line.Line}").Order());
        Assert.Empty(logs.Faults);
    }

    [Fact]
    public async Task What_has_no_logs_is_refused_with_what_has()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty);
        var fault = Assert.Single((await TestLogs.ReadAsync(session, LogPods.All with { Names = ["configmap/x"] })).Faults);
        Assert.Equal((FaultPhase.Invalid, "a ConfigMap has no pods"), (fault.Phase, fault.Detail));
        Assert.Contains("Deployments", fault.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Containers_are_the_default_one_the_named_ones_or_all()
    {
        await using var session = await TestSession.SelectedAsync(LogPods.Empty);
        var cluster = session.Fleet.Clusters[0];
        cluster.AddRunning("web-1", ["app", "proxy"]);
        cluster.AddRunning("web-2", ["app"]);
        foreach (var (pod, container) in new[] { ("web-1", "app"), ("web-1", "proxy"), ("web-2", "app") })
            cluster.Log(pod, container).Append($"{pod}/{container}");
        Assert.Equal(["web-1/app", "web-2/app"], await ReadAsync(session, LogPods.All));
        Assert.Equal(["web-1/app", "web-1/proxy", "web-2/app"], await ReadAsync(session, LogPods.All with { AllContainers = true }));
        Assert.Equal(["web-1/proxy"], await ReadAsync(session, LogPods.All with { Containers = ["pro*"] }));
        var fault = Assert.Single((await TestLogs.ReadAsync(session, LogPods.All with { Containers = ["cache"] })).Faults);
        Assert.Contains("there are: app, proxy", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_all_namespaces_are_forbidden_those_that_may_be_read_are()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 40, LogLinesPerSecond = 0.1 }, UserKind.Limited);
        var logs = await TestLogs.ReadAsync(session, new LogQuery { AllNamespaces = true, Tail = 1 });
        Assert.NotEmpty(logs.Lines);
        Assert.All(logs.Lines, line => Assert.Equal("web", line.Namespace));
        Assert.Contains("left out", Assert.Single(logs.Faults).Detail, StringComparison.Ordinal);
    }

    private static void Add(SimulatedCluster cluster, string name, string labels, string owner)
    {
        cluster.AddRunning(name, labels: labels, owner: owner);
        cluster.Write(name, name);
    }

    private static async Task<IEnumerable<string>> ReadAsync(TestSession session, LogQuery query)
    {
        var logs = await TestLogs.ReadAsync(session, query);
        Assert.Empty(logs.Faults);
        return logs.Texts.Order(StringComparer.Ordinal);
    }
}
