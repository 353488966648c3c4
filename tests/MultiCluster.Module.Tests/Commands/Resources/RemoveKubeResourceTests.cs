using MultiCluster.Module.Commands.Resources;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Resources.Writes;
using MultiCluster.Sandbox;
using MultiCluster.Writing;

namespace MultiCluster.Module.Tests.Commands.Resources;

/// <summary>Remove-KubeResource over two simulated clusters.</summary>
public sealed class RemoveKubeResourceTests : IAsyncLifetime
{
    private SimulatedFleet _fleet = null!;
    private FleetSession _session = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 0 }, TestContext.Current.CancellationToken);
        foreach (var cluster in _fleet.Clusters)
        {
            Add(cluster, "a");
            Add(cluster, "b", "\"finalizers\":[\"example.com/one\",\"example.com/two\"]");
        }

        _session = new FleetSession(_fleet).Select("*");
    }

    public async ValueTask DisposeAsync()
    {
        _session.Dispose();
        await _fleet.DisposeAsync();
    }

    [Fact]
    public void Objects_of_all_clusters_go_after_a_question_each()
    {
        var sink = _session.Run(Remove("a"));

        Assert.Equal(["Remove: sim-1 / ConfigMap / web / a", "Remove: sim-2 / ConfigMap / web / a"], sink.Questions.Order());
        Assert.Empty(sink.Objects);
        Assert.Equal(["sim-1 b", "sim-2 b"], There());
    }

    [Fact]
    public void The_uid_is_a_precondition_and_another_object_of_the_name_stays()
    {
        var item = _session.Read("sim-1", "configmaps", "a");
        _fleet["sim-1"].Store.Remove("configmaps", "web", "a");
        Add(_fleet["sim-1"], "a");

        var sink = _session.Run(new CmdletRunner<RemoveKubeResourceCommand> { ["InputObject"] = new[] { item }, ["PassThru"] = true });

        Assert.Equal(DeleteOutcome.WasGone, Assert.IsType<KubeRemoval>(Assert.Single(sink.Objects)).Outcome);
        Assert.Contains("sim-1 a", There());
    }

    [Fact]
    public void What_finalizers_hold_is_told_and_let_go_when_they_are_taken_away()
    {
        var held = _session.Run(Remove("b", ("PassThru", true)));

        Assert.All(held.Objects.Cast<KubeRemoval>(), static one => Assert.Equal((DeleteOutcome.Terminating, 2), (one.Outcome, one.Finalizers.Count)));
        Assert.Equal(2, held.Warnings.Count(static text => text.Contains("waits for its finalizers example.com/one and 1 more", StringComparison.Ordinal)));

        var one = _session.Run(Remove("b", ("PassThru", true), ("RemoveFinalizer", "*/one")));
        Assert.All(one.Objects.Cast<KubeRemoval>(), static one => Assert.Equal(["example.com/two"], one.Finalizers));

        var all = _session.Run(Remove("b", ("PassThru", true), ("RemoveFinalizer", "*")));
        Assert.All(all.Objects.Cast<KubeRemoval>(), static one => Assert.Equal(DeleteOutcome.Gone, one.Outcome));
        Assert.Equal(["sim-1 a", "sim-2 a"], There());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Neither_WhatIf_nor_a_dry_run_changes_anything(bool dryRun)
    {
        var sink = _session.Run(dryRun ? Remove("a", ("DryRun", true)) : Remove("a", new RecordingSink { Processes = false }));

        Assert.Equal(dryRun ? 2 : 0, sink.Objects.Count);
        Assert.Equal(4, There().Count());
    }

    [Fact]
    public void One_that_may_not_go_is_its_own_error_and_the_others_go()
    {
        _fleet["sim-1"].Faults.Add(ClusterFault.Forbidden().When(static request => request is { Verb: "delete", Name: "a" }));

        var sink = _session.Run(Remove("a"));

        Assert.Equal(("Kube.Forbidden", "sim-1"), (Assert.Single(sink.Errors).ErrorId, sink.Errors[0].Fault.Cluster!.ClusterName));
        Assert.DoesNotContain("sim-2 a", There());
    }

    [Fact]
    public void A_kind_without_names_or_selectors_is_a_terminating_error()
    {
        Assert.Equal("Kube.Invalid", _session.Run(new CmdletRunner<RemoveKubeResourceCommand> { ["Kind"] = "configmaps" }).Terminated!.ErrorId);
        Assert.Equal(4, There().Count());
    }

    private static CmdletRunner<RemoveKubeResourceCommand> Remove(string name, params (string Name, object Value)[] parameters) => Remove(name, new RecordingSink(), parameters);

    private static CmdletRunner<RemoveKubeResourceCommand> Remove(string name, RecordingSink sink, params (string Name, object Value)[] parameters)
    {
        var runner = new CmdletRunner<RemoveKubeResourceCommand> { Sink = sink };
        foreach (var (parameter, value) in parameters)
            runner[parameter] = value;
        runner["Kind"] = "configmaps";
        runner["Name"] = new[] { name };
        runner["Namespace"] = "web";
        return runner;
    }

    private static void Add(SimulatedCluster cluster, string name, string metadata = "\"labels\":{}") =>
        cluster.Store.Add($$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{name}}","namespace":"web",{{metadata}} } }""");

    private IEnumerable<string> There() => _fleet.Clusters
        .SelectMany(static cluster => cluster.Store.List("configmaps").Where(static item => item.Name.Length == 1).Select(item => $"{cluster.Name} {item.Name}")).Order();
}
