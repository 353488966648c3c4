using MultiCluster.Faults;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Waiting;

/// <summary>Wait-KubeResource on two simulated clusters of its own.</summary>
public sealed class WaitKubeResourceTests : IAsyncLifetime
{
    private SimulatedFleet _fleet = null!;
    private Shell _shell = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 0 }, TestContext.Current.CancellationToken);
        foreach (var cluster in _fleet.Clusters)
            cluster.Store.Add(ConfigMap("a", "ready"));
        _fleet["sim-2"].Store.Add(ConfigMap("b", "not yet"));
        _shell = new Shell(_fleet).Select("*");
    }

    public async ValueTask DisposeAsync()
    {
        _shell.Dispose();
        await _fleet.DisposeAsync();
    }

    [Theory]
    [InlineData("Wait-KubeResource cm a -n web -JsonPath data.state=ready")]
    [InlineData("Wait-KubeResource cm a -n web -JsonPath '{.data.state}=ready'")]
    [InlineData("Wait-KubeResource cm a -n web -FilterScript { $_.Data.state -eq 'ready' }")]
    [InlineData("Wait-KubeResource cm a -n web -ForRollout")]
    [InlineData("Wait-KubeResource cm a* -n web -JsonPath data.state=ready")]
    [InlineData("Get-KubeResource cm a -n web | Wait-KubeResource -JsonPath data.state=ready")]
    [InlineData("Get-KubeResource cm a -n web | Select-Object ClusterId, Kind, Namespace, Name | Wait-KubeResource -JsonPath data.state=ready")]
    [InlineData("Wait-KubeResource cm a -n web -JsonPath data.state=ready -AsJob | Receive-Job -Wait -AutoRemoveJob")]
    public void What_is_as_it_should_be_is_written_as_the_object_it_is(string script)
    {
        var run = _shell.Run(script);

        Assert.Empty(run.Errors);
        Assert.Equal(["sim-1 a", "sim-2 a"], run.Of<KubeConfigMap>().Select(static item => $"{item.ClusterName} {item.Name}").Order());
    }

    [Fact]
    public void It_waits_and_says_of_each_cluster_what_is_missing()
    {
        using var running = _shell.Start("Wait-KubeResource cm a, b -n web -JsonPath data.state=ready -Cluster sim-2");
        running.Until(static run => run.Progress.Any(static one => one.StatusDescription == "1 of 2; web/b: data.state is not yet"));

        _fleet["sim-2"].Store.Replace(ConfigMap("b", "ready"));

        Assert.Equal(["a", "b"], running.Wait().Of<KubeConfigMap>().Select(static item => item.Name));
    }

    [Fact]
    public void What_does_not_come_in_time_is_an_error_of_its_own()
    {
        _shell.Run("Get-KubeResource cm -n web -Cluster sim-2"); // the connection is there: the time is the wait's alone
        var run = _shell.Run("Wait-KubeResource cm a, b -n web -JsonPath data.state=ready -Cluster sim-2 -WaitSec 3");

        Assert.Equal("a", Assert.Single(run.Of<KubeConfigMap>()).Name);
        Assert.Equal("Kube.Timeout", run.Error.Id());
        Assert.Equal("configmap web/b did not get data.state=ready within 3 s: data.state is not yet", run.Error.Fault().Detail);
        Assert.Equal("b", Assert.IsType<KubeConfigMap>(run.Error.TargetObject).Name);
    }

    [Fact]
    public void What_is_to_be_gone_is_written_as_it_was()
    {
        using var running = _shell.Start("Get-KubeResource cm b -n web -Cluster sim-2 | Wait-KubeResource -ForDelete");
        running.Until(static run => run.Progress.Any(static one => one.StatusDescription.EndsWith("it is still there", StringComparison.Ordinal)));

        _fleet["sim-2"].Store.Remove("configmaps", "web", "b");

        Assert.Equal("not yet", $"{Assert.Single(running.Wait().Of<KubeConfigMap>()).Data!["state"]}");
    }

    [Fact]
    public void Ctrl_C_ends_it_and_leaves_nothing_open()
    {
        using var running = _shell.Start("Wait-KubeResource cm late -n web -ForRollout");
        running.Until(static run => run.Progress.Any(static one => one.StatusDescription.EndsWith("it is not there", StringComparison.Ordinal)));

        running.Stop();

        Eventually.True(() => _fleet.Clusters.All(static cluster => cluster.ActiveRequests == 0), "A request is open.");
    }

    [Fact]
    public void A_filter_that_fails_ends_the_wait()
    {
        var run = _shell.Run("Wait-KubeResource cm a -n web -FilterScript { throw 'oops' }");

        Assert.Equal(FaultPhase.Invalid, run.Error.Fault().Phase);
        Assert.Contains("-FilterScript failed: oops", run.Error.Fault().Message);
    }

    [Theory]
    [InlineData("Wait-KubeResource -ForDelete", "nothing says which kind is meant")]
    [InlineData("Wait-KubeResource cm -FilterScript { $true } -AsJob", "-FilterScript runs in the pipeline")]
    [InlineData("Wait-KubeResource cm -JsonPath '{.a'", "is no path to a field")]
    [InlineData("Wait-KubeResource cm -Condition '=x'", "names no condition")]
    public void What_cannot_be_waited_for_says_why(string script, string why) => Assert.Contains(why, _shell.Run(script).Terminated!.Fault().Message);

    [Fact]
    public void Conditions_are_completed()
    {
        Assert.Equal(["Available"], _shell.Offers("Wait-KubeResource deploy -Condition Av").Select(static one => one.CompletionText));
        Assert.Equal(["'Ready=False'"], _shell.Offers("Wait-KubeResource pod -Condition Ready=F").Select(static one => one.CompletionText));
    }

    private static string ConfigMap(string name, string state) =>
        $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}","namespace":"web"},"data":{"state":"{{{state}}}"}}""";
}
