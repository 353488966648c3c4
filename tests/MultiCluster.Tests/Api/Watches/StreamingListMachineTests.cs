using MultiCluster.Api.Watches;
using MultiCluster.Faults;
using static MultiCluster.Tests.Api.Watches.MachineRun;

namespace MultiCluster.Tests.Api.Watches;

public sealed class StreamingListMachineTests
{
    private static readonly Fault Lost = Fault(FaultPhase.Connect);

    private static MachineRun Streaming() => new(made => made with { StreamsLists = true });

    [Fact]
    public void The_objects_come_as_events_until_the_bookmark_that_ends_them()
    {
        var run = Streaming();
        Assert.Equal((WatchState.Listing, "Stream all"), (run.State, run.Step));
        run.Machine.Opened();
        run.Receive(WatchLineType.Added, "a@3").Receive(WatchLineType.Added, "b@4").Receive(WatchLineType.Deleted, "b@5");
        run.Machine.Bookmarked("4", endsInitialEvents: false);
        Assert.True(run.Machine.AwaitsInitialEvents);
        run.Machine.Bookmarked("9", endsInitialEvents: true);
        Assert.Equal((WatchState.Watching, "Stream 9"), (run.State, run.Step));
        run.Receive(WatchLineType.Modified, "a@10");
        Assert.Equal(["Initial Added a@3", "Initial Added b@4", "Deleted b@5 was b@4", "Connected 1", "Modified a@10 was a@3"], run.Said());
        run.Machine.StreamEnded();
        Assert.Equal("Stream 10", run.Step);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(422)]
    public void A_server_that_refuses_is_asked_for_a_list_at_once(int status)
    {
        var run = Streaming();
        run.Machine.Failed(Fault(FaultPhase.Invalid, status));
        Assert.Equal((WatchState.Listing, "List"), (run.State, run.Step));
        Assert.True(run.Machine.RefusedStreamingList);
        Assert.Empty(run.Said());
    }

    [Fact]
    public void A_server_that_falls_silent_without_an_end_is_asked_for_a_list_and_nothing_is_repeated()
    {
        var run = Streaming();
        run.Machine.Opened();
        run.Receive(WatchLineType.Added, "a@3");
        run.Machine.InitialEventsMissing();
        Assert.Equal("List", run.Step);
        run.List("a@3", "b@4").Machine.ListEnded("9");
        Assert.Equal(["Initial Added a@3", "Initial Added b@4"], run.Said());
    }

    [Fact]
    public void What_breaks_before_the_end_is_begun_again_and_nothing_is_repeated()
    {
        var run = Streaming();
        run.Machine.Opened();
        run.Receive(WatchLineType.Added, "a@3").Machine.Failed(Lost);
        Assert.Equal("Stream all", run.Wait().Step);
        run.Machine.Opened();
        run.Receive(WatchLineType.Added, "a@3").Receive(WatchLineType.Added, "b@4").Machine.StreamEnded();
        Assert.Equal("Stream all", run.Wait().Step);
        run.Machine.Opened();
        run.Receive(WatchLineType.Added, "b@4").Machine.Bookmarked("9", endsInitialEvents: true);
        Assert.Equal(["Initial Added a@3", "Trouble Connect", "Initial Added b@4", "Initial Deleted a@3 was a@3", "Connected 1"], run.Said());
    }

    [Fact]
    public void An_expired_version_is_answered_by_differences()
    {
        var run = Streaming();
        run.Machine.Opened();
        run.Receive(WatchLineType.Added, "a@3").Receive(WatchLineType.Added, "b@4").Machine.Bookmarked("9", endsInitialEvents: true);
        run.Machine.Bookmarked("20", endsInitialEvents: false);
        run.Machine.Errored(Fault(FaultPhase.Invalid, 410));
        Assert.Equal((WatchState.Relisting, "Stream all"), (run.State, run.Step));
        _ = run.Said();
        run.Machine.Opened();
        run.Receive(WatchLineType.Added, "a@3").Receive(WatchLineType.Added, "c@25").Machine.Bookmarked("30", endsInitialEvents: true);
        Assert.Equal(["Gap 0", "Added c@25", "Deleted b@4 was b@4", "Relisted 2"], run.Said());
    }

    [Theory]
    [InlineData("v1.31.9", false)]
    [InlineData("v1.32.0", true)]
    [InlineData("v1.34.1+k3s1", true)]
    [InlineData("v2.0", true)]
    [InlineData("v1.20.2", false)]
    [InlineData("nonsense", false)]
    [InlineData(null, false)]
    public void Servers_are_asked_by_their_version(string? version, bool asked)
    {
        var lists = new StreamingLists();
        Assert.Equal(asked, lists.AreServed(Object("a@1").Source.Kind, version));
        lists.Refuse(Object("a@1").Source.Kind);
        Assert.False(lists.AreServed(Object("a@1").Source.Kind, version));
    }
}
