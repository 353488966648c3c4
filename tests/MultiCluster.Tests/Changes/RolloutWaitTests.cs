using System.Text.Json.Nodes;
using MultiCluster.Changes;
using MultiCluster.Changes.Wanted;

namespace MultiCluster.Tests.Changes;

/// <summary>A Deployment that was stuck before it was changed: its controller leaves that condition as it is until there is progress.</summary>
public sealed class RolloutWaitTests
{
    private const string Before = "2026-03-01T10:00:00Z";
    private const string Later = "2026-03-01T12:00:00Z";

    [Theory]
    [InlineData("scale")]
    [InlineData("apply")]
    public async Task What_was_stuck_before_the_change_is_waited_for(string how)
    {
        await using var fleet = await StuckAsync();
        await using var stream = fleet.Start([Change(fleet, how, replicas: 0)], new ChangeOptions { Wait = TimeSpan.FromMinutes(1) });
        await stream.UntilAsync(() => Watched(fleet), "it is watched");
        Answer(fleet, generation: 2, replicas: 3, Before);
        Answer(fleet, generation: 2, replicas: 0, Before);
        await stream.EndAsync();
        Assert.Equal((ChangeOutcome.Configured, 0L), (stream.Result().Outcome, stream.Result().Object!.StatusJson["replicas"u8].AsInt64()));
    }

    [Fact]
    public async Task What_is_stuck_anew_has_failed()
    {
        await using var fleet = await StuckAsync();
        await using var stream = fleet.Start([Change(fleet, "scale", replicas: 0)], new ChangeOptions { Wait = TimeSpan.FromMinutes(1) });
        await stream.UntilAsync(() => Watched(fleet), "it is watched");
        Answer(fleet, generation: 2, replicas: 1, Later);
        await stream.EndAsync();
        Assert.Equal((ChangeOutcome.Failed, "no progress within its deadline of 600 s: 1 old replica is still there"), (stream.Result().Outcome, stream.Result().Message));
    }

    [Fact]
    public async Task What_was_not_changed_is_as_stuck_as_it_was()
    {
        await using var fleet = await StuckAsync();
        var result = (await fleet.ChangeAsync([Change(fleet, "scale", replicas: 3)], new ChangeOptions { Wait = TimeSpan.FromMinutes(1) })).Result();
        Assert.Equal((ChangeOutcome.Failed, "no progress within its deadline of 600 s: 0 of 3 replicas are available"), (result.Outcome, result.Message));
    }

    private static async Task<ChangeFleet> StuckAsync()
    {
        var fleet = await ChangeFleet.StartAsync();
        fleet.Cluster().Store.Add(Deployment(3));
        fleet.Edit("deployments.apps", "web", static item => item["metadata"]!["generation"] = 1);
        Answer(fleet, generation: 1, replicas: 3, Before);
        return fleet;
    }

    private static ObjectChange Change(ChangeFleet fleet, string how, int replicas) => how == "scale"
        ? WorkloadChange.Scale(new ChangeTarget(fleet.Session.Pool.Selected[0].ClusterId, "apps/v1", "Deployment", ChangeFleet.Namespace, "web", null), replicas, new Autoscalers())
        : Assert.Single(ChangeFleet.Apply(Deployment(replicas), force: true));

    private static string Deployment(int replicas) => $$"""
        { "apiVersion": "apps/v1", "kind": "Deployment", "metadata": { "name": "web", "namespace": "web" },
          "spec": { "replicas": {{replicas}}, "selector": { "matchLabels": { "app": "web" } },
            "template": { "metadata": { "labels": { "app": "web" } }, "spec": { "containers": [ { "name": "c", "image": "x" } ] } } } }
        """;

    private static bool Watched(ChangeFleet fleet) => fleet.Cluster().Requests.All.Any(static request => request.Query.Contains("watch=", StringComparison.Ordinal));

    /// <summary>What its controller says of it.</summary>
    private static void Answer(ChangeFleet fleet, int generation, int replicas, string passed) => fleet.Edit("deployments.apps", "web", item => item["status"] = JsonNode.Parse($$"""
        {"observedGeneration":{{generation}},"replicas":{{replicas}},"updatedReplicas":{{(generation == 1 ? replicas : 0)}},
         "conditions":[{"type":"Progressing","status":"False","reason":"ProgressDeadlineExceeded","lastUpdateTime":"{{passed}}"}]}
        """));
}
