using System.Text.Json.Nodes;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects;
using MultiCluster.Resources;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Resources;

/// <summary>A name that means one kind on one cluster and another on the next.</summary>
public sealed class AmbiguousKindTests : IAsyncLifetime
{
    private const string Both = "'gizmo' means gizmos.acme.example on sim-1 and sim-2, and gizmos.other.example on sim-3. Choose one by its group: gizmos.acme.example or gizmos.other.example.";

    private SimulatedFleet _fleet = null!;
    private Shell _shell = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 3, Pods = 0 }, TestContext.Current.CancellationToken);
        foreach (var (cluster, group) in new[] { ("sim-1", "acme.example"), ("sim-2", "acme.example"), ("sim-3", "other.example") })
            Add(cluster, group, "thing");
        _shell = new Shell(_fleet).Select("*");
    }

    public ValueTask DisposeAsync()
    {
        _shell.Dispose();
        return _fleet.DisposeAsync();
    }

    [Theory]
    [InlineData("Get-KubeResource gizmo -A")]
    [InlineData("Get-KubeResource gizmo -A -First 3")]
    [InlineData("Get-KubeResource gizmo, gizmo -A")]
    [InlineData("Remove-KubeResource gizmo * -A -WhatIf")]
    [InlineData("Test-KubeAccess list gizmo")]
    public void A_call_says_once_which_kind_it_means_on_which_clusters(string script) => Assert.Equal([Both], _shell.Run(script).Warnings);

    [Theory]
    [InlineData("gizmo.acme.example")]
    [InlineData("gizmo.acme")] // the beginning of a group, where it is the only one
    [InlineData("gizmo.v1.acme.example")]
    [InlineData("acme.example/v1/Gizmo")]
    public void A_group_chooses(string kind)
    {
        var run = _shell.Run($"Get-KubeResource {kind} -A");

        Assert.Empty(run.Warnings);
        Assert.Equal(["sim-1", "sim-2"], run.Of<KubeObject>().Select(static item => item.ClusterName).Order());
        Assert.Equal(("Kube.KindNotFound", "sim-3"), (run.Error.Id(), run.Error.Fault().Cluster!.ClusterName));
    }

    [Fact]
    public void A_cluster_that_has_both_says_so_too()
    {
        Add("sim-3", "acme.example", "another");

        Assert.Equal(
            ["'gizmo' means gizmos.other.example on sim-3, and could mean gizmos.acme.example. Choose one by its group: gizmos.other.example or gizmos.acme.example."],
            _shell.Run("Get-KubeResource gizmo -A -Cluster sim-3").Warnings);
    }

    [Fact]
    public void A_watch_says_so_while_it_runs()
    {
        using var running = _shell.Start("Watch-KubeResource gizmo -A -First 3");

        var run = running.Wait();

        Assert.Equal(3, run.Of<KubeWatchEvent>().Count);
        Assert.Contains("gizmos.acme.example", Assert.Single(run.Warnings), StringComparison.Ordinal);
        Assert.Contains("gizmos.other.example", run.Warnings[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-KubeResource gizmo.")]
    [InlineData("Get-KubeResource gizmos.o")]
    public void A_name_with_a_dot_completes_to_its_groups(string line)
    {
        _shell.Offer(line, "gizmos.other.example");

        Assert.DoesNotContain(_shell.Offers(line), static offer => !offer.CompletionText.StartsWith("gizmos.", StringComparison.Ordinal));
    }

    private void Add(string cluster, string group, string name)
    {
        _fleet[cluster].Store.Add(JsonNode.Parse($$"""
            {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"gizmos.{{group}}"},
             "spec":{"group":"{{group}}","scope":"Namespaced","names":{"kind":"Gizmo","plural":"gizmos","singular":"gizmo"},
              "versions":[{"name":"v1","served":true,"storage":true}]} }
            """)!.AsObject());
        _fleet[cluster].Store.Add($$"""{"apiVersion":"{{group}}/v1","kind":"Gizmo","metadata":{"name":"{{name}}","namespace":"web"} }""");
    }
}
