using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Http.Login;
using MultiCluster.Sandbox;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Clusters;

public sealed class LoginTests
{
    [Fact]
    public async Task A_login_lost_on_the_way_is_told_blocks_at_once_and_recovers_by_itself()
    {
        var time = new TestClock(TimeProvider.System.GetUtcNow());
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 20 }, options: made => made with { Time = time });
        await session.ConnectAsync();
        var cluster = session.Fleet.Clusters[0];
        Assert.Equal(ClusterState.Ready, session.Cluster("sim-1").State);

        var refusal = cluster.Faults.Add(ClusterFault.Unauthorized());
        Assert.Equal(FaultPhase.Unauthorized, (await session.ReadAsync("pods")).Fault("sim-1").Phase);
        await session.UntilAsync(ClusterEventKind.AuthRecovering);
        for (var i = 0; i < 3; i++)
            await NextAttemptAsync(session, time, TimeSpan.FromSeconds(5));
        await session.UntilAsync(ClusterEventKind.AuthFailed);
        Assert.Equal(ClusterState.AuthenticationRequired, session.Cluster("sim-1").State);

        await TestSession.UntilAsync(() => session.Connection("sim-1").SecondsToRetry > 0, "the attempt has ended");
        var asked = cluster.Requests.Count;
        var blocked = (await session.ReadAsync("pods")).Fault("sim-1");
        Assert.Equal(FaultPhase.Unauthorized, blocked.Phase);
        Assert.Contains("next attempt in", blocked.Detail, StringComparison.Ordinal);
        Assert.Equal(asked, cluster.Requests.Count);

        refusal.Dispose();
        await NextAttemptAsync(session, time, TimeSpan.FromSeconds(60));
        await session.UntilAsync(ClusterEventKind.AuthRecovered);
        Assert.Equal(20, (await session.ReadAsync("pods")).Objects.Count);
        Assert.Equal(ClusterState.Ready, session.Cluster("sim-1").State);
        Assert.Equal(
            [ClusterEventKind.AuthRecovering, ClusterEventKind.AuthFailed, ClusterEventKind.AuthRecovered],
            session.Events.Select(happened => happened.Kind).Where(kind => kind is not (ClusterEventKind.SelectionChanging or ClusterEventKind.SelectionChanged)));
    }

    [Fact]
    public async Task A_refused_login_stays_selected_and_says_what_to_do()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 }, UserKind.BadToken);
        await session.ConnectAsync();
        var cluster = session.Cluster("sim-1");
        Assert.True(cluster.Selected);
        Assert.Equal(ClusterState.AuthenticationRequired, cluster.State);
        Assert.StartsWith("sim-1: cannot connect: Unauthorized", cluster.LastError, StringComparison.Ordinal);
        Assert.NotNull(cluster.RecommendedAction);
    }

    [Fact]
    public async Task A_credential_corrected_in_the_kubeconfig_is_used_by_the_next_attempt()
    {
        var time = new TestClock(TimeProvider.System.GetUtcNow());
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 10 }, UserKind.BadToken, made => made with { Time = time });
        await session.ConnectAsync();
        await TestSession.UntilAsync(() => session.Connection("sim-1").SecondsToRetry > 0, "an attempt has failed");
        session.Fleet.WriteKubeconfig(session.Kubeconfig);
        session.Connection("sim-1").RetryLogin();
        await TestSession.UntilAsync(() => session.Connection("sim-1").AuthState == AuthState.Valid, "the login is valid");
        Assert.Equal(10, (await session.ReadAsync("pods")).Objects.Count);
    }

    private static async Task NextAttemptAsync(TestSession session, TestClock time, TimeSpan wait)
    {
        await TestSession.UntilAsync(() => session.Connection("sim-1").SecondsToRetry > 0, "the attempt has ended");
        time.Advance(wait);
    }
}
