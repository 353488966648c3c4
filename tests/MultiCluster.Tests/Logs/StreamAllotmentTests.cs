using MultiCluster.Logs.Streams;

namespace MultiCluster.Tests.Logs;

public sealed class StreamAllotmentTests
{
    [Fact]
    public void Before_a_cluster_has_told_all_that_it_needs_it_gets_nothing()
    {
        var share = new StreamAllotment(10, 1).NewShare();
        var ticket = share.Ask(0);
        Assert.False(ticket.Granted.IsCompleted);
        share.Report();
        Assert.True(ticket.Granted.IsCompleted);
    }

    [Fact]
    public void A_large_cluster_that_is_first_leaves_the_others_their_parts()
    {
        var allotment = new StreamAllotment(100, 3);
        var (large, small, slow) = (allotment.NewShare(), allotment.NewShare(), allotment.NewShare());
        Ask(large, 500);
        Assert.Equal(34, large.Open); // 100 / 3, and the one that is left over
        Ask(small, 5);
        Assert.Equal((34, 5), (large.Open, small.Open));
        Assert.False(allotment.Settled.IsCompleted);
        Ask(slow, 40);
        Assert.Equal((55, 5, 40), (large.Open, small.Open, slow.Open)); // what the small one does not need goes to the poorer first
        Assert.Equal(445, large.Waiting);
        Assert.True(allotment.Settled.IsCompletedSuccessfully);
    }

    [Fact]
    public void Clusters_that_all_need_more_get_the_same()
    {
        var allotment = new StreamAllotment(100, 4);
        var shares = Enumerable.Range(0, 4).Select(_ => allotment.NewShare()).ToArray();
        foreach (var share in shares)
            Ask(share, 200);
        Assert.All(shares, share => Assert.Equal((25, 175), (share.Open, share.Waiting)));
    }

    [Fact]
    public void With_fewer_streams_than_clusters_each_gets_one_as_far_as_they_go()
    {
        var allotment = new StreamAllotment(3, 5);
        var shares = Enumerable.Range(0, 5).Select(_ => allotment.NewShare()).ToArray();
        foreach (var share in shares)
            Ask(share, 10);
        Assert.Equal([1, 1, 1, 0, 0], shares.Select(share => share.Open));
    }

    [Fact]
    public void In_a_cluster_every_pods_first_container_goes_before_any_pods_second()
    {
        var share = new StreamAllotment(3, 1).NewShare();
        StreamTicket[] tickets = [share.Ask(0), share.Ask(1), share.Ask(0), share.Ask(1), share.Ask(0)];
        share.Report();
        Assert.Equal([true, false, true, false, true], tickets.Select(ticket => ticket.Granted.IsCompleted));
    }

    [Fact]
    public void A_stream_that_ends_makes_room_for_the_cluster_that_has_the_fewest()
    {
        var allotment = new StreamAllotment(4, 2);
        var (one, other) = (allotment.NewShare(), allotment.NewShare());
        other.Report();
        var tickets = Ask(one, 4);
        Assert.Equal(4, one.Open);
        var late = other.Ask(0);
        Ask(one, 1);
        Assert.False(late.Granted.IsCompleted);
        tickets[0].Dispose();
        Assert.True(late.Granted.IsCompleted);
        Assert.Equal((3, 1), (one.Open, other.Open));
    }

    [Fact]
    public void Who_waits_no_longer_gets_nothing_and_takes_nothing()
    {
        var share = new StreamAllotment(1, 1).NewShare();
        var (first, second, third) = (share.Ask(0), share.Ask(0), share.Ask(0));
        share.Report();
        second.Dispose();
        Assert.Equal(1, share.Waiting);
        first.Dispose();
        first.Dispose();
        Assert.False(second.Granted.IsCompleted);
        Assert.True(third.Granted.IsCompleted);
        Assert.Equal((1, 0), (share.Open, share.Waiting));
    }

    [Fact]
    public void A_cluster_that_ends_without_a_word_gives_its_part_to_the_others()
    {
        var allotment = new StreamAllotment(10, 2);
        var (dead, alive) = (allotment.NewShare(), allotment.NewShare());
        Ask(alive, 10);
        Assert.Equal(5, alive.Open);
        dead.Report();
        Assert.Equal(10, alive.Open);
    }

    private static StreamTicket[] Ask(ClusterShare share, int containers)
    {
        StreamTicket[] tickets = [.. Enumerable.Range(0, containers).Select(_ => share.Ask(0))];
        share.Report();
        return tickets;
    }
}
