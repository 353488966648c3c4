using MultiCluster.Clusters;
using MultiCluster.Resources;
using MultiCluster.Sandbox;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Clusters;

public sealed class KubeconfigFollowerTests
{
    [Fact]
    public async Task A_changed_kubeconfig_makes_the_connection_anew()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 10 });
        var before = session.Connection("sim-1");
        session.Fleet.WriteKubeconfig(session.Kubeconfig, UserKind.Limited);
        await session.UntilAsync(ClusterEventKind.KubeconfigChanged, "sim-1");
        Assert.Same(before, session.Connection("sim-1"));
        await session.ReadAsync(new ResourceQuery { Kinds = ["pods"], Namespaces = ["web"] });
        Assert.EndsWith("jane-token", session.Fleet.Clusters[0].Requests.All[^1].Authorization, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_under_way_goes_on_to_its_end_when_the_kubeconfig_changes()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0, ConfigMaps = 1200 });
        var cluster = session.Fleet.Clusters[0];
        cluster.Faults.Add(ClusterFault.NeverAnswer().When(request => request.Resource == "configmaps").Times(1));
        var reading = session.ReadAsync("configmaps");
        await TestSession.UntilAsync(() => cluster.ActiveRequests > 0, "the list has begun");
        await session.Connection("sim-1").ReplaceContextAsync(session.Connection("sim-1").Context);
        cluster.Faults.Clear(); // drops the connection: the request is sent again
        var answer = await reading;
        Assert.Empty(answer.Faults);
        Assert.Equal(1200 + 11, answer.Objects.Count);
    }

    [Fact]
    public async Task A_context_that_is_gone_is_deselected_and_told()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 2, Pods = 0 });
        session.Fleet["sim-2"].WriteKubeconfig(session.Kubeconfig);
        await session.UntilAsync(ClusterEventKind.KubeconfigGone, "sim-1");
        Assert.Equal(["sim-2"], session.Names);
    }

    [Fact]
    public async Task A_kubeconfig_that_is_gone_deselects_its_clusters()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 2, Pods = 0 });
        File.Delete(session.Kubeconfig);
        await session.UntilAsync(ClusterEventKind.KubeconfigGone, "sim-1");
        await session.UntilAsync(ClusterEventKind.KubeconfigGone, "sim-2");
        Assert.Empty(session.Names);
    }

    [Fact]
    public async Task A_kubeconfig_that_is_half_written_changes_nothing_until_it_is_whole()
    {
        await using var session = await TestSession.StartAsync(new FleetOptions { Clusters = 2, Pods = 0 });
        string[] files = [session.Folder["one.yaml"], session.Folder["two.yaml"]];
        session.Fleet["sim-1"].WriteKubeconfig(files[0]);
        session.Fleet["sim-2"].WriteKubeconfig(files[1]);
        await session.Pool.SelectAsync(new SelectionRequest { All = true, Kubeconfig = files }, TestContext.Current.CancellationToken);
        var connection = session.Connection("sim-1");

        // The other file's change shows that both have been read.
        await File.WriteAllTextAsync(files[0], "apiVersion: v1\nclusters: [{", TestContext.Current.CancellationToken);
        session.Fleet["sim-2"].WriteKubeconfig(files[1], UserKind.Limited);
        await session.UntilAsync(ClusterEventKind.KubeconfigChanged, "sim-2");
        Assert.Same(connection, session.Connection("sim-1"));
        Assert.DoesNotContain(session.Events, happened => happened.ClusterName == "sim-1");

        session.Fleet["sim-1"].WriteKubeconfig(files[0], UserKind.Limited);
        await session.UntilAsync(ClusterEventKind.KubeconfigChanged, "sim-1");
        Assert.Same(connection, session.Connection("sim-1"));
    }

    [Fact]
    public async Task A_changed_namespace_is_taken_without_a_new_connection()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 });
        Assert.Null(session.Cluster("sim-1").DefaultNamespace);
        var text = await File.ReadAllTextAsync(session.Kubeconfig, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(session.Kubeconfig, text.Replace("  context:\n", "  context:\n    namespace: web\n", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await TestSession.UntilAsync(() => session.Cluster("sim-1").DefaultNamespace == "web", "the namespace is taken");
        Assert.DoesNotContain(session.Events, happened => happened.Kind == ClusterEventKind.KubeconfigChanged);
    }
}
