using MultiCluster.Changes;

namespace MultiCluster.Tests.Changes;

/// <summary>Clusters that are changed batch by batch, and what keeps further ones from being begun.</summary>
public sealed class ChangeBatchTests
{
    private static readonly ChangeOptions TwoByTwo = new() { ClusterBatch = 2, MaxFailure = 1 };

    [Fact]
    public async Task Of_ten_clusters_exactly_those_are_changed_that_were_begun_when_the_third_failed()
    {
        await using var fleet = await ChangeFleet.StartAsync(clusters: 10);
        var names = fleet.Names;
        Forbid(fleet, names[2]);
        var changed = await fleet.ChangeAsync(ChangeFleet.Maps(3), TwoByTwo);
        Assert.Equal(30, changed.Results.Count);
        foreach (var name in (string[])[names[0], names[1], names[3]])
            Assert.Equal(["Created 3"], changed.Outcomes(name));
        Assert.Equal(["Failed 3"], changed.Outcomes(names[2]));
        foreach (var name in names.Skip(4))
        {
            Assert.Equal(["Skipped 3"], changed.Outcomes(name));
            Assert.All(changed.Of(name), static result => Assert.Equal("1 cluster has failed (-MaxFailure 1).", result.Message));
            Assert.Empty(fleet.Requests("PATCH", cluster: name));
            Assert.Empty(fleet.StoredMaps(name));
        }

        Assert.Equal(3, changed.Faults.Count());
    }

    [Fact]
    public async Task A_batch_begins_when_all_of_the_one_before_have_ended()
    {
        await using var fleet = await ChangeFleet.StartAsync(clusters: 3);
        var names = fleet.Names;
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = new List<string>();
        await using var stream = fleet.Start(ChangeFleet.Maps(1), new ChangeOptions { ClusterBatch = 2 }, async (results, _) =>
        {
            asked.AddRange(results.Select(static result => $"{result.ClusterName} {result.Outcome}"));
            await go.Task;
            return true;
        });
        await stream.UntilAsync(() => stream.Results.Count == 2, "the first batch is done");
        Assert.Empty(fleet.Requests("PATCH", cluster: names[2]));
        go.SetResult();
        await stream.EndAsync();
        Assert.Equal(["Created 1"], stream.Outcomes(names[2]));
        Assert.Equal([$"{names[0]} Created", $"{names[1]} Created"], asked.Order(StringComparer.Ordinal)); // after the last batch there is nothing to ask for
    }

    [Theory]
    [InlineData(false, "The health check after cluster 1 of 3 said no.")]
    [InlineData(true, "The health check after cluster 1 of 3 failed: the shop is down.")]
    public async Task A_health_check_that_says_no_or_breaks_begins_no_more(bool breaks, string message)
    {
        await using var fleet = await ChangeFleet.StartAsync(clusters: 3);
        var names = fleet.Names;
        var changed = await fleet.ChangeAsync(
            ChangeFleet.Maps(2),
            new ChangeOptions { ClusterBatch = 1 },
            (_, _) => breaks ? throw new InvalidOperationException("the shop is down.") : Task.FromResult(false));
        Assert.Equal(["Created 2"], changed.Outcomes(names[0]));
        foreach (var name in names.Skip(1))
        {
            Assert.Equal(["Skipped 2"], changed.Outcomes(name));
            Assert.All(changed.Of(name), result => Assert.Equal(message, result.Message));
        }

        Assert.Empty(changed.Faults);
    }

    [Fact]
    public async Task Fewer_failures_than_are_too_many_stop_nothing()
    {
        await using var fleet = await ChangeFleet.StartAsync(clusters: 4);
        var names = fleet.Names;
        Forbid(fleet, names[0]);
        Forbid(fleet, names[2]);
        var changed = await fleet.ChangeAsync(ChangeFleet.Maps(1), new ChangeOptions { ClusterBatch = 1, MaxFailure = 2 });
        Assert.Equal(["Failed", "Created", "Failed", "Skipped"], names.Select(name => $"{Assert.Single(changed.Of(name)).Outcome}"));
        Assert.Equal("2 clusters have failed (-MaxFailure 2).", changed.Of(names[3])[0].Message);
    }

    [Fact]
    public async Task A_cluster_that_is_disconnected_before_its_turn_holds_nobody_up()
    {
        await using var fleet = await ChangeFleet.StartAsync(clusters: 3);
        var names = fleet.Names;
        var second = fleet.Session.Cluster(names[1]);
        await using var stream = fleet.Start(ChangeFleet.Maps(1), new ChangeOptions { ClusterBatch = 1 }, async (results, _) =>
        {
            if (results.Any(result => result.ClusterName == names[0]))
                await fleet.Session.Pool.DisconnectAsync([second]);
            return true;
        });
        await stream.EndAsync();
        Assert.Equal(3, stream.Results.Count);
        Assert.Equal((ChangeOutcome.Cancelled, "Cluster disconnected."), (stream.Of(names[1])[0].Outcome, stream.Of(names[1])[0].Message));
        Assert.Equal(["Created 1"], stream.Outcomes(names[2]));
        Assert.Empty(fleet.StoredMaps(names[1]));
    }

    [Fact]
    public async Task A_call_that_is_stopped_between_two_batches_begins_no_more()
    {
        await using var fleet = await ChangeFleet.StartAsync(clusters: 3);
        var names = fleet.Names;
        var checking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stream = fleet.Start(ChangeFleet.Maps(2), new ChangeOptions { ClusterBatch = 1 }, async (_, stop) =>
        {
            checking.SetResult();
            await Task.Delay(Timeout.Infinite, stop);
            return true;
        });
        await checking.Task.WaitAsync(TestContext.Current.CancellationToken);
        stream.Run.Stop();
        await stream.EndAsync();
        Assert.Equal(6, stream.Fleet.Results.Count);
        Assert.Equal(["Created", "Created"], OutcomesOf(names[0]));
        Assert.All(names.Skip(1), name => Assert.All(OutcomesOf(name), static outcome => Assert.Contains(outcome, (string[])["Cancelled", "Skipped"])));
        await fleet.SilentAsync();
        Assert.All(names.Skip(1), name => Assert.Empty(fleet.Requests("PATCH", cluster: name)));

        IEnumerable<string> OutcomesOf(string name) => stream.Fleet.Results.Where(result => result.ClusterName == name).Select(static result => $"{result.Outcome}");
    }

    private static void Forbid(ChangeFleet fleet, string name) => fleet.Cluster(name).Faults.Add(ClusterFault.Forbidden().When(static request => request.Verb == "patch"));
}
