using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using MultiCluster.Sandbox;

namespace MultiCluster.Tests.Sandbox;

public sealed class GeneratedDataTests
{
    private static readonly string[] Signs =
        ["CrashLoopBackOff", "ImagePullBackOff", "Unschedulable", "OOMKilled", "Evicted", "PodInitializing", "deletionTimestamp", "PodCompleted"];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Every_object_is_json_with_its_own_name_and_version(int openShift)
    {
        await using var one = await OneCluster.StartAsync(new FleetOptions { Pods = 120, ConfigMaps = 5, OpenShift = openShift });
        var store = one.Cluster.Store;
        foreach (var item in store.Kinds.All.SelectMany(k => store.List(k.QualifiedPlural)))
        {
            var metadata = item.ToJson()["metadata"]!;
            Assert.Equal(item.Name, metadata["name"]!.ToString());
            Assert.Equal(item.Uid, metadata["uid"]!.ToString());
            Assert.Equal(item.ResourceVersion, long.Parse(metadata["resourceVersion"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal(item.Kind.Namespaced, metadata["namespace"] is not null);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Every_kind_that_a_cluster_stores_is_there(int openShift)
    {
        await using var one = await OneCluster.StartAsync(new FleetOptions { Pods = 120, OpenShift = openShift });
        var store = one.Cluster.Store;
        var empty = store.Kinds.All.Where(k => k.Verbs.Contains("delete") && store.Count(k.QualifiedPlural) == 0).Select(k => k.QualifiedPlural);
        Assert.Equal(["podtemplates"], empty);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(50)]
    [InlineData(333)]
    public async Task There_are_as_many_pods_as_asked_for(int pods)
    {
        await using var one = await OneCluster.StartAsync(new FleetOptions { Pods = pods });
        Assert.Equal(pods, one.Cluster.Store.Count("pods"));
    }

    [Fact]
    public async Task The_same_seed_makes_the_same_objects()
    {
        var options = new FleetOptions { Pods = 50, OpenShift = 1, Time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)) };
        await using var one = await OneCluster.StartAsync(options);
        await using var same = await OneCluster.StartAsync(options);
        await using var other = await OneCluster.StartAsync(options with { Seed = 2 });
        Assert.Equal(Pods(one), Pods(same));
        Assert.Equal(Objects(one), Objects(same));
        Assert.NotEqual(Pods(one), Pods(other));
    }

    [Fact]
    public async Task Pods_are_in_all_states_and_about_five_kilobytes()
    {
        await using var one = await OneCluster.StartAsync(new FleetOptions { Pods = 200 });
        var pods = one.Cluster.Store.List("pods").Select(p => p.ToJson()).ToList();
        Assert.InRange(pods.Average(p => p.ToJsonString().Length), 4_500, 7_000);
        var text = string.Concat(pods.Select(p => p.ToJsonString()));
        foreach (var state in Signs)
            Assert.Contains(state, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Owners_exist_with_the_uid_that_their_pods_name()
    {
        await using var one = await OneCluster.StartAsync(new FleetOptions { Pods = 60 });
        var store = one.Cluster.Store;
        var plurals = new Dictionary<string, string> { ["ReplicaSet"] = "replicasets.apps", ["StatefulSet"] = "statefulsets.apps", ["DaemonSet"] = "daemonsets.apps", ["Job"] = "jobs.batch", ["Deployment"] = "deployments.apps", ["CronJob"] = "cronjobs.batch" };
        string[] owned = ["pods", "replicasets.apps", "jobs.batch"];
        foreach (var item in owned.SelectMany(p => store.List(p)))
        {
            if (item.ToJson()["metadata"]!["ownerReferences"]?[0] is not { } owner) continue;
            Assert.Equal(owner["uid"]!.ToString(), store.Find(plurals[owner["kind"]!.ToString()], item.Namespace, owner["name"]!.ToString())?.Uid);
        }
    }

    [Fact]
    public async Task Events_are_counted_or_a_series_and_there_once()
    {
        await using var one = await OneCluster.StartAsync(new FleetOptions { Pods = 120 });
        var events = one.Cluster.Store.List("events").Select(e => e.ToJson()).ToList();
        Assert.Equal(60, events.Count);
        Assert.Equal(60, one.Cluster.Store.Count("events.events.k8s.io"));
        var series = events.Where(e => e["lastTimestamp"] is null).ToList();
        Assert.NotEmpty(series);
        Assert.All(series, e => Assert.True(e["firstTimestamp"] is null && e["count"] is null && e["eventTime"] is not null && e["action"] is not null));
        Assert.Contains(series, e => e["series"]?["lastObservedTime"] is not null);
        Assert.All(events.Except(series), e => Assert.True(e["eventTime"] is null && e["count"] is not null && e["source"]!["component"] is not null));
    }

    [Fact]
    public async Task A_cluster_of_OpenShift_has_its_kinds_beside_what_every_cluster_has()
    {
        await using var one = await OneCluster.StartAsync(new FleetOptions { Pods = 50, OpenShift = 1 });
        await using var plain = await OneCluster.StartAsync(new FleetOptions { Pods = 50 });

        string[] kinds = [.. one.Cluster.Store.Kinds.All.Select(k => k.QualifiedPlural).Except(plain.Cluster.Store.Kinds.All.Select(k => k.QualifiedPlural))];

        Assert.Superset(
            new HashSet<string> { "clusterversions.config.openshift.io", "clusteroperators.config.openshift.io", "machineconfigpools.machineconfiguration.openshift.io", "routes.route.openshift.io", "projects.project.openshift.io", "deploymentconfigs.apps.openshift.io", "buildconfigs.build.openshift.io", "imagestreams.image.openshift.io", "httproutes.gateway.networking.k8s.io" },
            kinds.ToHashSet());
        Assert.Equal(plain.Cluster.Store.List("pods").Select(p => p.Name), one.Cluster.Store.List("pods").Select(p => p.Name));
    }

    [Fact]
    public async Task Releases_of_Helm_are_what_Helm_reads()
    {
        await using var one = await OneCluster.StartAsync(new FleetOptions { Pods = 50 });
        var stored = one.Cluster.Store.List("secrets").Select(s => s.ToJson()).Where(s => s["type"]?.ToString() == "helm.sh/release.v1").ToList();

        Assert.Equal(9, stored.Count);
        foreach (var secret in stored)
        {
            var packed = Convert.FromBase64String(Encoding.ASCII.GetString(Convert.FromBase64String(secret["data"]!["release"]!.ToString())));
            await using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            var release = (await JsonNode.ParseAsync(gzip, cancellationToken: TestContext.Current.CancellationToken))!;
            var labels = secret["metadata"]!["labels"]!;
            Assert.Equal($"sh.helm.release.v1.{release["name"]}.v{release["version"]}", secret["metadata"]!["name"]!.ToString());
            Assert.Equal(
                ("helm", $"{release["name"]}", $"{release["version"]}", $"{release["info"]!["status"]}"),
                ($"{labels["owner"]}", $"{labels["name"]}", $"{labels["version"]}", $"{labels["status"]}"));
        }
    }

    private static IEnumerable<string> Objects(OneCluster one) => one.Cluster.Store.Kinds.All.SelectMany(k => one.Cluster.Store.List(k.QualifiedPlural)).Select(o => o.ToJson().ToJsonString());

    private static IEnumerable<string> Pods(OneCluster one) => one.Cluster.Store.List("pods").Select(p => p.ToJson().ToJsonString());
}
