using MultiCluster.Changes;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Changes;

/// <summary>Clusters that fail, beside others that are changed.</summary>
public sealed class ChangeIsolationTests
{
    private const string Dead = "sim-3";
    private const string Refused = "sim-7";

    [Fact]
    public async Task Of_ten_clusters_one_dead_and_one_that_refuses_the_login_change_nothing_for_the_other_eight()
    {
        var time = new TestClock(TimeProvider.System.GetUtcNow());
        await using var fleet = await ChangeFleet.StartAsync(clusters: 10, time);
        await fleet.ChangeAsync(ChangeFleet.Maps(5));
        fleet.Cluster(Dead).Faults.Add(ClusterFault.BlackHole());
        fleet.Cluster(Refused).Faults.Add(ClusterFault.Unauthorized());

        await using var stream = fleet.Start(ChangeFleet.Maps(5, value: "2"), fanOut: new FanOutOptions { Time = time });
        await stream.UntilAsync(() => stream.Items.OfType<FanOutDone>().Count() == 9, "all but the dead one have ended");
        foreach (var name in fleet.Names.Except([Dead, Refused]))
            Assert.Equal(["Configured 5"], stream.Outcomes(name));

        // Only now does the dead one's time begin to pass.
        time.Advance(TimeSpan.FromSeconds(31));
        await stream.EndAsync();
        Assert.Equal(50, stream.Results.Count);
        Assert.Equal([(Dead, FaultPhase.Timeout), (Refused, FaultPhase.Unauthorized)], stream.Faults.Select(static fault => (fault.Cluster!.ClusterName, fault.Phase)).Order());
        Assert.All(fleet.Names.Intersect([Dead, Refused]), name => Assert.All(stream.Of(name), static result =>
        {
            Assert.Contains(result.Outcome, (ChangeOutcome[])[ChangeOutcome.Failed, ChangeOutcome.Skipped]);
            Assert.NotNull(result.Message);
        }));
    }

    [Fact]
    public async Task A_cluster_that_dies_in_the_middle_tells_of_every_object_what_became_of_it()
    {
        await using var fleet = await ChangeFleet.StartAsync(clusters: 2);
        var cluster = fleet.Cluster();
        var patches = 0;
        cluster.Faults.Add(ClusterFault.Latency(TimeSpan.Zero).When(request =>
        {
            if (request.Verb == "patch" && Interlocked.Increment(ref patches) == 20)
                _ = cluster.StopAsync();
            return false;
        }));
        var changed = await fleet.ChangeAsync(ChangeFleet.Maps(60));
        Assert.Equal(120, changed.Results.Count);
        Assert.Equal(["Created 60"], changed.Outcomes("sim-2"));
        // One whose first answer was lost may have been sent again, and found what it had made itself: of those alone that were on their way, 16 at most.
        ChangeOutcome[] done = [ChangeOutcome.Created, ChangeOutcome.Configured, ChangeOutcome.Unchanged];
        Assert.InRange(changed.Of("sim-1").Count(static result => result.Outcome == ChangeOutcome.Created), 1, 59);
        Assert.InRange(changed.Of("sim-1").Count(static result => result.Outcome is ChangeOutcome.Configured or ChangeOutcome.Unchanged), 0, 16);
        var made = changed.Of("sim-1").Where(result => done.Contains(result.Outcome)).Select(static result => result.Name).ToArray();
        Assert.InRange(made.Length, 1, 59);
        Assert.Subset(fleet.StoredMaps().ToHashSet(), made.ToHashSet());
        Assert.All(changed.Of("sim-1").Where(result => !done.Contains(result.Outcome)), static result =>
        {
            Assert.Contains(result.Outcome, (ChangeOutcome[])[ChangeOutcome.Failed, ChangeOutcome.Skipped]);
            Assert.NotNull(result.Message);
        });
        Assert.Equal("sim-1", Assert.Single(changed.Faults).Cluster!.ClusterName);
    }

    [Fact]
    public async Task A_cluster_that_forbids_the_kind_fails_by_itself_and_only_that_kind()
    {
        await using var fleet = await ChangeFleet.StartAsync(clusters: 2);
        fleet.Cluster().Faults.Add(ClusterFault.Forbidden().When(static request => request.Verb == "patch" && request.Resource == "secrets"));
        var changed = await fleet.ChangeAsync(ChangeFleet.Apply("""
            {apiVersion: v1, kind: Secret, metadata: {name: a}, stringData: {password: geheim}}
            ---
            {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {key: '1'}}
            """));
        Assert.Equal(["Created 1", "Failed 1"], changed.Outcomes("sim-1"));
        Assert.Equal(["Created 2"], changed.Outcomes("sim-2"));
        var fault = Assert.Single(changed.Faults);
        Assert.Equal((FaultPhase.Forbidden, "sim-1"), (fault.Phase, fault.Cluster!.ClusterName));
        Assert.StartsWith("sim-1: cannot apply secret", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(changed.Results, static result => result.Changes.Any(static change => $"{change}".Contains("geheim", StringComparison.Ordinal)));
    }
}
