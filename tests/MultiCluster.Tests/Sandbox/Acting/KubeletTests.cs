using MultiCluster.Sandbox;

namespace MultiCluster.Tests.Sandbox.Acting;

/// <summary>How deleted pods end. There is no kubelet beside the real server, so this rests on the kubelet's sources.</summary>
public sealed class KubeletTests
{
    private const string Pods = ActingCluster.Pods;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_deleted_pod_ends_after_the_clusters_time(bool controllers)
    {
        await using var acting = await ActingCluster.StartAsync(controllers: controllers);
        acting.Cluster.Controllers.PodTerminationTime = TimeSpan.FromSeconds(5);
        acting.AddPod("p");
        using var watch = await WatchLines.OpenAsync(acting.Client, $"{Pods}?watch=true");
        await acting.Client.DeleteAsync($"{Pods}/p");
        acting.Advance(4.9);
        Assert.Equal(["p n1 Running True -"], await acting.PodsAsync());
        acting.Advance(0.1);
        Assert.Empty(await acting.PodsAsync());
        // At the end the kubelet deletes it once more, with no grace.
        Assert.Equal(["ADDED p", "MODIFIED p", "MODIFIED p", "DELETED p"], await watch.TakeAsync(4));
    }

    [Fact]
    public async Task A_pod_is_killed_when_its_grace_is_over()
    {
        await using var acting = await ActingCluster.StartAsync();
        acting.Cluster.Controllers.PodTerminationTime = TimeSpan.FromMinutes(5);
        acting.AddPod("p");
        acting.AddPod("q");
        await acting.Client.DeleteAsync($"{Pods}/p");
        await acting.Client.DeleteAsync($"{Pods}/q", """{"gracePeriodSeconds":60}""");
        acting.Advance(30);
        Assert.Equal(["q"], await acting.NamesAsync());
        acting.Advance(30);
        Assert.Empty(await acting.NamesAsync());
    }

    [Fact]
    public async Task A_second_deletion_with_a_shorter_grace_ends_a_pod_sooner()
    {
        await using var acting = await ActingCluster.StartAsync();
        acting.Cluster.Controllers.PodTerminationTime = TimeSpan.FromMinutes(5);
        acting.AddPod("p");
        await acting.Client.DeleteAsync($"{Pods}/p");
        acting.Advance(10);
        await acting.Client.DeleteAsync($"{Pods}/p", """{"gracePeriodSeconds":3}""");
        acting.Advance(3);
        Assert.Empty(await acting.NamesAsync());
        acting.AddPod("p");
        acting.Advance(60);
        Assert.Equal(["p"], await acting.NamesAsync());
    }

    [Fact]
    public async Task A_pods_annotation_says_how_long_it_takes()
    {
        await using var acting = await ActingCluster.StartAsync();
        acting.AddPod("slow", annotations: $$"""{"{{ClusterControllers.TerminationAnnotation}}":"12.5"}""");
        acting.AddPod("stuck", annotations: $$"""{"{{ClusterControllers.TerminationAnnotation}}":"never"}""");
        await acting.Client.DeleteAsync($"{Pods}/slow");
        await acting.Client.DeleteAsync($"{Pods}/stuck");
        acting.Advance(12);
        Assert.Equal(["slow", "stuck"], await acting.NamesAsync());
        acting.Advance(3600);
        Assert.Equal(["stuck"], await acting.NamesAsync());
        await acting.Client.DeleteAsync($"{Pods}/stuck", """{"gracePeriodSeconds":0}""");
        Assert.Empty(await acting.NamesAsync());
    }

    [Fact]
    public async Task A_pod_of_a_node_that_is_silent_or_missing_does_not_end()
    {
        await using var acting = await ActingCluster.StartAsync(controllers: false);
        acting.Cluster.Store.Add(ActingCluster.Node("silent", "Unknown"));
        acting.AddPod("p", "silent");
        acting.AddPod("q", "missing");
        await acting.Client.DeleteAsync($"{Pods}/p");
        await acting.Client.DeleteAsync($"{Pods}/q");
        acting.Advance(3600);
        Assert.Equal(["p", "q"], await acting.NamesAsync());
        acting.Cluster.Store.Replace(ActingCluster.Node("silent"));
        acting.Cluster.Store.Add(ActingCluster.Node("missing"));
        acting.Advance(1);
        Assert.Empty(await acting.NamesAsync());
    }

    [Fact]
    public async Task A_pods_finalizer_holds_it_after_its_end()
    {
        await using var acting = await ActingCluster.StartAsync();
        acting.AddPod("p");
        await acting.Client.PatchAsync($"{Pods}/p", """{"metadata":{"finalizers":["example.com/hold"]}}""");
        await acting.Client.DeleteAsync($"{Pods}/p");
        acting.Advance(60);
        Assert.Equal("0", (await acting.Client.GetAsync($"{Pods}/p"))["metadata"]!["deletionGracePeriodSeconds"]!.ToString());
        await acting.Client.PatchAsync($"{Pods}/p", """{"metadata":{"finalizers":null}}""");
        Assert.Empty(await acting.NamesAsync());
    }

    [Fact]
    public async Task A_pod_that_took_anothers_name_is_let_be()
    {
        await using var acting = await ActingCluster.StartAsync();
        acting.AddPod("p");
        await acting.Client.DeleteAsync($"{Pods}/p");
        acting.Cluster.Store.Remove("pods", "default", "p");
        acting.AddPod("p");
        acting.Advance(60);
        Assert.Equal(["p n1 Running True"], await acting.PodsAsync());
    }
}
