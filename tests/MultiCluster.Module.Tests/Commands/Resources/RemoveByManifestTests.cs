using MultiCluster.Api.Writes;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Resources;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Resources;

/// <summary>Remove-KubeResource of what manifests describe, and until it is gone, over two simulated clusters.</summary>
public sealed class RemoveByManifestTests : IAsyncLifetime
{
    private const string Manifests = """
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: a, namespace: web }
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: b }
        """;

    private SimulatedFleet _fleet = null!;
    private Shell _shell = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 0 }, TestContext.Current.CancellationToken);
        foreach (var cluster in _fleet.Clusters)
        {
            foreach (var name in new[] { "a", "b", "c" })
                Add(cluster, name);
        }

        _shell = new Shell(_fleet).Select("*");
        File.WriteAllText(_shell.File("maps.yaml"), Manifests);
    }

    public async ValueTask DisposeAsync()
    {
        _shell.Dispose();
        await _fleet.DisposeAsync();
    }

    [Theory]
    [InlineData("Remove-KubeResource -Path ./maps.yaml -Namespace web -Confirm:$false")]
    [InlineData("Remove-KubeResource -LiteralPath maps.yaml -n web -Confirm:$false")]
    [InlineData("Get-Content maps.yaml | Remove-KubeResource -Namespace web -Confirm:$false")]
    [InlineData("Get-Item *.yaml | Remove-KubeResource -Namespace web -Confirm:$false")]
    public void What_manifests_describe_goes_from_every_cluster_and_nothing_else(string script)
    {
        var run = _shell.Run(script);

        Assert.Empty(run.Errors);
        Assert.Null(run.Terminated);
        Assert.Equal(["sim-1 c", "sim-2 c"], There());
    }

    [Fact]
    public void The_user_is_asked_about_each_object_of_each_cluster()
    {
        _shell.Host.Answers = ["No"];

        _shell.Run("Remove-KubeResource -Path maps.yaml -n web");

        Assert.Equal(4, _shell.Host.Questions.Count);
        Assert.Equal(6, There().Count());
    }

    [Fact]
    public void One_that_is_not_there_is_told_in_verbose_and_is_no_error()
    {
        _fleet["sim-2"].Store.Remove("configmaps", "web", "a");

        var run = _shell.Run("Remove-KubeResource -Path maps.yaml -n web -PassThru -Verbose -Confirm:$false");

        Assert.Empty(run.Errors);
        Assert.Equal(3, run.Of<KubeRemoval>().Count);
        Assert.Contains(run.Verbose, static line => line.Contains("sim-2", StringComparison.Ordinal) && line.Contains("there is no configmap a in namespace web", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Remove-KubeResource -Path maps.yaml, other.yaml -n web -Confirm:$false", "cannot be read, and nothing was removed")]
    [InlineData("Remove-KubeResource configmap -Path maps.yaml -n web -Confirm:$false", "-Kind")]
    [InlineData("Remove-KubeResource -Path maps.yaml -l app=x -Confirm:$false", "-LabelSelector")]
    [InlineData("Remove-KubeResource -Path maps.yaml -n shop -Confirm:$false", "is of the namespace web, and -Namespace says shop")]
    [InlineData("'a', 'c' | Remove-KubeResource configmap -n web -Confirm:$false", "-Kind")]
    public void What_cannot_be_meant_removes_nothing(string script, string message)
    {
        var run = _shell.Run(script);

        Assert.Equal("Kube.Invalid", run.Terminated!.Id());
        Assert.Contains(message, $"{run.Terminated}");
        Assert.Equal(6, There().Count());
    }

    [Fact]
    public void It_is_waited_for_until_they_are_gone()
    {
        foreach (var cluster in _fleet.Clusters)
            Add(cluster, "d", "\"finalizers\":[\"example.com/one\"]");
        using var running = _shell.Start("Remove-KubeResource configmap d -n web -Wait -PassThru -Confirm:$false");
        running.Until(static run => run.Warnings.Count == 2);

        foreach (var cluster in _fleet.Clusters)
            cluster.Store.Remove("configmaps", "web", "d");
        var run = running.Wait();

        Assert.Empty(run.Errors);
        Assert.Equal(["sim-1 Gone", "sim-2 Gone"], run.Of<KubeRemoval>().Select(static one => $"{one.ClusterName} {one.Outcome}").Order());
    }

    [Fact]
    public void One_that_a_finalizer_keeps_is_an_error_when_its_time_is_up()
    {
        Add(_fleet["sim-1"], "d", "\"finalizers\":[\"example.com/one\"]");

        var run = _shell.Run("Remove-KubeResource configmap d -n web -Cluster sim-1 -Wait -WaitSec 1 -PassThru -Confirm:$false");

        Assert.Equal(("Kube.Timeout", "sim-1"), (run.Error.Id(), run.Error.Fault().Cluster!.ClusterName));
        Assert.Contains("example.com/one", $"{run.Error}");
        Assert.Contains("-RemoveFinalizer", run.Error.ErrorDetails.RecommendedAction);
        var removal = Assert.Single(run.Of<KubeRemoval>());
        Assert.Equal((DeleteOutcome.Terminating, "example.com/one"), (removal.Outcome, Assert.Single(removal.Finalizers)));
    }

    private static void Add(SimulatedCluster cluster, string name, string metadata = "\"labels\":{}") =>
        cluster.Store.Add($$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{name}}","namespace":"web",{{metadata}} } }""");

    private IEnumerable<string> There() => _fleet.Clusters
        .SelectMany(static cluster => cluster.Store.List("configmaps").Where(static item => item.Name.Length == 1).Select(item => $"{cluster.Name} {item.Name}")).Order();
}
