using MultiCluster.Changes;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Changes;

/// <summary>Calls that are stopped: whenever that is, every object has its result, and no request stays open.</summary>
public sealed class ChangeStopTests
{
    [Fact]
    public async Task A_call_that_is_stopped_at_once_has_a_result_for_every_object()
    {
        await using var fleet = await ChangeFleet.StartAsync(clusters: 2);
        await using var stream = fleet.Start(ChangeFleet.Maps(50));
        stream.Run.Stop();
        await stream.EndAsync();
        await EveryObjectIsToldAsync(fleet, stream, 100);
    }

    [Theory]
    [InlineData("GET", 1)]
    [InlineData("GET", 30)]
    [InlineData("PATCH", 1)]
    [InlineData("PATCH", 30)]
    public async Task A_call_that_is_stopped_in_the_middle_says_rightly_what_was_done(string method, int requests)
    {
        await using var fleet = await ChangeFleet.StartAsync(clusters: 2);
        foreach (var name in fleet.Names) // so that each is asked for by its name
            fleet.Cluster(name).Faults.Add(ClusterFault.Forbidden().When(static request => request.Verb == "list"));
        await using var stream = fleet.Start(ChangeFleet.Maps(100));
        // Of both: nobody reads what comes yet, and one that is ahead fills the room for it.
        await TestSession.UntilAsync(() => fleet.Names.Sum(name => fleet.Requests(method, cluster: name).Count) >= requests, "requests were sent");
        stream.Run.Stop();
        await stream.EndAsync();
        await EveryObjectIsToldAsync(fleet, stream, 200);
    }

    [Fact]
    public async Task A_write_that_is_under_way_when_the_call_is_stopped_is_waited_for()
    {
        await using var fleet = await ChangeFleet.StartAsync();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fleet.Cluster().Faults.Add(ClusterFault.Latency(TimeSpan.FromMilliseconds(300)).When(request => request.Verb == "patch" && (asked.TrySetResult() || true)));
        await using var stream = fleet.Start(ChangeFleet.Maps(1));
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        stream.Run.Stop();
        await stream.EndAsync();
        Assert.Equal(ChangeOutcome.Created, Assert.Single(stream.Fleet.AllResults).Outcome);
        Assert.Equal(["map-0"], fleet.StoredMaps());
    }

    [Fact]
    public async Task A_write_that_is_never_answered_is_said_to_be_unknown()
    {
        await using var fleet = await ChangeFleet.StartAsync();
        fleet.Cluster().Faults.Add(ClusterFault.NeverAnswer().When(static request => request.Verb == "patch"));
        await using var stream = fleet.Start(ChangeFleet.Maps(1));
        await TestSession.UntilAsync(() => fleet.Requests("PATCH").Count == 1, "the write is under way");
        stream.Run.Stop();
        await stream.EndAsync();
        var result = Assert.Single(stream.Fleet.AllResults);
        Assert.Equal((ChangeOutcome.Cancelled, "The call was stopped while the server was asked; whether it was changed is not known."), (result.Outcome, result.Message));
        await fleet.SilentAsync();
    }

    [Fact]
    public async Task What_was_changed_and_not_yet_waited_for_is_told_when_the_call_is_stopped()
    {
        await using var fleet = await ChangeFleet.StartAsync();
        fleet.Cluster().Faults.Add(ClusterFault.NeverAnswer().When(static request => request.Verb == "patch" && request.Name == "web-2"));
        var wanted = ChangeFleet.Apply(string.Join("\n---\n", Enumerable.Range(0, 3).Select(static i =>
            $$$$$"""{apiVersion: apps/v1, kind: Deployment, metadata: {name: web-{{{{{i}}}}}}, spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: x}]}}}}""")));
        await using var stream = fleet.Start(wanted, new ChangeOptions { Wait = TimeSpan.FromHours(1) });
        await TestSession.UntilAsync(() => fleet.Stored("deployments.apps", "web-0") is not null && fleet.Stored("deployments.apps", "web-1") is not null && fleet.Requests("PATCH", "deployments").Count == 3, "two are made");

        stream.Run.Stop();
        await stream.EndAsync();

        Assert.Equal(["web-0", "web-1", "web-2"], stream.Fleet.AllResults.Select(static result => result.Name).Order());
        Assert.All(stream.Fleet.AllResults, static result => Assert.Equal(ChangeOutcome.Cancelled, result.Outcome));
        Assert.Equal(2, stream.Fleet.AllResults.Count(static result => result.Message == "Created, and the call was stopped before it was rolled out."));
        await fleet.SilentAsync();
    }

    private static async Task EveryObjectIsToldAsync(ChangeFleet fleet, ChangeStream stream, int objects)
    {
        Assert.Equal((objects, objects), (stream.Fleet.Expected, stream.Fleet.AllResults.Count));
        Assert.Equal(objects, stream.Fleet.AllResults.Select(static result => (result.ClusterName, result.Name)).Distinct().Count());
        await fleet.SilentAsync();
        foreach (var name in fleet.Names)
        {
            var own = stream.Fleet.AllResults.Where(result => result.ClusterName == name).ToLookup(static result => result.Outcome, static result => result.Name);
            Assert.Subset(fleet.StoredMaps(name).ToHashSet(), own[ChangeOutcome.Created].ToHashSet());
            Assert.All(own.Select(static group => group.Key), static outcome => Assert.Contains(outcome, (ChangeOutcome[])[ChangeOutcome.Created, ChangeOutcome.Cancelled]));
        }
    }
}
