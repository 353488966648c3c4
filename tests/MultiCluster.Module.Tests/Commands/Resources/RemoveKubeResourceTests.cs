using MultiCluster.Api.Writes;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Resources;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Resources;

/// <summary>Remove-KubeResource over two simulated clusters.</summary>
public sealed class RemoveKubeResourceTests : IAsyncLifetime
{
    private SimulatedFleet _fleet = null!;
    private Shell _shell = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 0 }, TestContext.Current.CancellationToken);
        foreach (var cluster in _fleet.Clusters)
        {
            Add(cluster, "a");
            Add(cluster, "b", "\"finalizers\":[\"example.com/one\",\"example.com/two\"]");
        }

        _shell = new Shell(_fleet).Select("*");
    }

    public async ValueTask DisposeAsync()
    {
        _shell.Dispose();
        await _fleet.DisposeAsync();
    }

    [Fact]
    public void Objects_of_all_clusters_go_after_a_question_each()
    {
        _shell.Host.Answers = ["Yes"];

        var run = _shell.Run("Remove-KubeResource configmaps a -Namespace web");

        Assert.Equal(2, _shell.Host.Questions.Count);
        foreach (var cluster in new[] { "sim-1", "sim-2" })
            Assert.Contains(_shell.Host.Questions, question => question.Contains($"\"Remove\" on target \"{cluster} / ConfigMap / web / a\"", StringComparison.Ordinal));
        Assert.Empty(run.Output);
        Assert.Equal(["sim-1 b", "sim-2 b"], There());
    }

    [Fact]
    public void Force_removes_at_once_and_leaves_no_time_to_end()
    {
        foreach (var cluster in _fleet.Clusters)
            cluster.AddPod("slow", "node-1");

        Assert.Empty(_shell.Run("Remove-KubeResource pod slow -n web -Force -Confirm:$false").Errors);

        Assert.All(_fleet.Clusters, static cluster => Assert.Null(cluster.Store.Find("pods", "web", "slow")));
        Assert.Equal("Kube.Invalid", _shell.Run("Remove-KubeResource pod slow -n web -Force -GracePeriodSeconds 5").Terminated!.Id());
    }

    [Fact]
    public void An_object_that_is_piped_in_is_removed_and_is_gone_when_it_is_removed_again()
    {
        var run = _shell.Run("""
            $map = Get-KubeResource configmap a -Namespace web -Cluster sim-1
            $map | Remove-KubeResource -PassThru -Confirm:$false
            $map | Remove-KubeResource -PassThru -Confirm:$false
            """);

        Assert.Equal([DeleteOutcome.Gone, DeleteOutcome.WasGone], run.Of<KubeRemoval>().Select(static one => one.Outcome));
        Assert.DoesNotContain("sim-1 a", There());
        Assert.Contains("sim-2 a", There());
    }

    [Fact]
    public void The_uid_is_a_precondition_and_another_object_of_the_name_stays()
    {
        _shell["map"] = _shell.Read("sim-1", "configmaps", "a");
        _fleet["sim-1"].Store.Remove("configmaps", "web", "a");
        Add(_fleet["sim-1"], "a");

        var run = _shell.Run("Remove-KubeResource -InputObject $map -PassThru -Confirm:$false");

        Assert.Equal(DeleteOutcome.WasGone, Assert.Single(run.Of<KubeRemoval>()).Outcome);
        Assert.Contains("sim-1 a", There());
    }

    [Fact]
    public void What_finalizers_hold_is_told_and_let_go_when_they_are_taken_away()
    {
        const string Remove = "Remove-KubeResource configmaps b -Namespace web -PassThru -Confirm:$false";
        var held = _shell.Run(Remove);

        Assert.All(held.Of<KubeRemoval>(), static one => Assert.Equal((DeleteOutcome.Terminating, 2), (one.Outcome, one.Finalizers.Count)));
        Assert.Equal(2, held.Warnings.Count(static text => text.Contains("waits for its finalizers example.com/one and 1 more", StringComparison.Ordinal)));

        var one = _shell.Run($"{Remove} -RemoveFinalizer */one").Of<KubeRemoval>();
        Assert.Equal(2, one.Count);
        Assert.All(one, static one => Assert.Equal(["example.com/two"], one.Finalizers));

        var all = _shell.Run($"{Remove} -RemoveFinalizer *").Of<KubeRemoval>();
        Assert.All(all, static one => Assert.Equal(DeleteOutcome.Gone, one.Outcome));
        Assert.Equal(["sim-1 a", "sim-2 a"], There());
    }

    [Theory]
    [InlineData("-WhatIf", 0)]
    [InlineData("-DryRun -Confirm:$false", 2)]
    public void Neither_WhatIf_nor_a_dry_run_changes_anything(string parameters, int objects)
    {
        var run = _shell.Run($"Remove-KubeResource configmaps a -Namespace web {parameters}");

        Assert.Equal(objects, run.Output.Count);
        Assert.Equal(4, There().Count());
    }

    [Fact]
    public void One_that_may_not_go_is_its_own_error_and_the_others_go()
    {
        _fleet["sim-1"].Faults.Add(ClusterFault.Forbidden().When(static request => request is { Verb: "delete", Name: "a" }));

        var run = _shell.Run("Remove-KubeResource configmaps a -Namespace web -Confirm:$false");

        Assert.Equal(("Kube.Forbidden", "sim-1"), (run.Error.Id(), run.Error.Fault().Cluster!.ClusterName));
        Assert.DoesNotContain("sim-2 a", There());
    }

    [Fact]
    public void A_kind_without_names_or_selectors_is_a_terminating_error()
    {
        var error = _shell.Run("Remove-KubeResource configmaps -Confirm:$false").Terminated!;

        Assert.Equal("Kube.Invalid", error.Id());
        Assert.Contains("nothing says which objects", $"{error}");
        Assert.Equal(4, There().Count());
    }

    private static void Add(SimulatedCluster cluster, string name, string metadata = "\"labels\":{}") =>
        cluster.Store.Add($$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{name}}","namespace":"web",{{metadata}} } }""");

    private IEnumerable<string> There() => _fleet.Clusters
        .SelectMany(static cluster => cluster.Store.List("configmaps").Where(static item => item.Name.Length == 1).Select(item => $"{cluster.Name} {item.Name}")).Order();
}
