using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Tests.Kubeconfig;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Clusters;

public sealed class RememberedSelectionTests
{
    private static readonly SelectionRequest Last = new() { Last = true };

    [Fact]
    public async Task The_next_session_can_have_the_last_selection()
    {
        await using var session = TestSession.Offline("a", "b", "c");
        await session.SelectAsync("c", "a");
        var next = session.NewPool();
        await next.SelectAsync(Last, TestContext.Current.CancellationToken);
        Assert.Equal(["c", "a"], next.Selected.Select(cluster => cluster.ClusterName));
    }

    [Fact]
    public async Task It_is_found_where_the_kubeconfig_parameter_led_to_it()
    {
        await using var session = TestSession.Offline("a");
        var elsewhere = session.Folder.Write("elsewhere/config", Yaml.Of("far"));
        await session.Pool.SelectAsync(new SelectionRequest { All = true, Kubeconfig = [elsewhere] }, TestContext.Current.CancellationToken);
        var next = session.NewPool();
        await next.SelectAsync(Last, TestContext.Current.CancellationToken);
        Assert.Equal([elsewhere], next.Selected.Select(cluster => cluster.Kubeconfig));
    }

    [Fact]
    public async Task Without_one_it_is_an_error()
    {
        await using var session = TestSession.Offline("a");
        var fault = (await Assert.ThrowsAsync<FaultException>(() => session.Pool.SelectAsync(Last, TestContext.Current.CancellationToken))).Fault;
        Assert.Equal(FaultPhase.NotFound, fault.Phase);
        Assert.Empty(session.Events);
    }

    [Fact]
    public async Task What_is_gone_of_it_is_said()
    {
        await using var session = TestSession.Offline("a", "b");
        await session.SelectAsync("a", "b");
        session.Folder.Write("fleet.yaml", Yaml.Of("a"), new DateTime(2025, 2, 1, 0, 0, 0, DateTimeKind.Utc));
        var next = session.NewPool();
        var refusal = Assert.Single((await next.SelectAsync(Last, TestContext.Current.CancellationToken)).Refusals);
        Assert.Equal("fleet.yaml:b", refusal.Target);
        Assert.Contains(session.Kubeconfig, refusal.Fault.Message, StringComparison.Ordinal);
        Assert.Equal(["a"], next.Selected.Select(cluster => cluster.ClusterName));
    }

    [Fact]
    public async Task When_all_of_it_is_gone_the_present_selection_stays()
    {
        await using var session = TestSession.Offline("a", "b");
        await session.SelectAsync("b");
        session.Folder.Write("fleet.yaml", Yaml.Of("a"), new DateTime(2025, 2, 1, 0, 0, 0, DateTimeKind.Utc));
        var next = session.NewPool();
        await next.SelectAsync(new SelectionRequest { Kubeconfig = [session.Folder.Write("own", Yaml.Of("mine"))], All = true }, TestContext.Current.CancellationToken);
        await next.Preferences.UpdateAsync(
            preferences => preferences with { LastSelection = [new SelectedCluster("fleet.yaml:b", session.Kubeconfig)] }, TestContext.Current.CancellationToken);
        Assert.Single((await next.SelectAsync(Last, TestContext.Current.CancellationToken)).Refusals);
        Assert.Equal(["mine"], next.Selected.Select(cluster => cluster.ClusterName));
    }

    [Fact]
    public async Task Deselecting_everything_forgets_nothing()
    {
        await using var session = TestSession.Offline("a");
        await session.SelectAsync("a");
        await session.Pool.DisconnectAsync(session.Pool.Selected);
        await session.Pool.SelectAsync(Last, TestContext.Current.CancellationToken);
        Assert.Equal(["a"], session.Names);
    }

    [Fact]
    public async Task Preferences_that_cannot_be_written_are_a_notice()
    {
        await using var session = TestSession.Offline("a");
        session.Folder.Write("configuration", "a file where the folder should be");
        var result = await session.SelectAsync("a");
        Assert.Equal(["a"], session.Names);
        Assert.StartsWith("The selection is not remembered: ", Assert.Single(result.Notices), StringComparison.Ordinal);
    }
}
