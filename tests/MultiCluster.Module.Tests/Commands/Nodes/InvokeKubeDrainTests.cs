using MultiCluster.FanOut;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Nodes;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Nodes;

/// <summary>What Invoke-KubeDrain does with the nodes of two simulated clusters.</summary>
public sealed class InvokeKubeDrainTests : IAsyncLifetime
{
    private DrainFleet _drained = null!;

    private SimulatedFleet Fleet => _drained.Fleet;

    private Shell Shell => _drained.Shell;

    public async ValueTask InitializeAsync() => _drained = await DrainFleet.StartAsync();

    public ValueTask DisposeAsync() => _drained.DisposeAsync();

    [Fact]
    public void Nodes_of_all_clusters_are_drained_with_a_result_each()
    {
        var run = Shell.Run("Invoke-KubeDrain * -Confirm:$false");

        Assert.Empty(run.Errors);
        var results = run.Of<KubeDrainResult>();
        Assert.Equal(["sim-1/node-1: Drained", "sim-1/node-2: Drained", "sim-2/node-1: Drained", "sim-2/node-2: Drained"], results.Select(static result => result.ToString()).Order());
        Assert.All(results, static result => Assert.Equal((3, 0, true), (result.Evicted, result.Remaining, result.LeftCordoned)));
        Assert.Equal(0, _drained.Pods);
    }

    [Fact]
    public void Nodes_that_are_piped_in_are_drained_in_the_order_of_their_turns()
    {
        var run = Shell.Run("Get-KubeResource node -Cluster sim-1 | Sort-Object Name -Descending | Invoke-KubeDrain -DisableEviction -Confirm:$false");

        Assert.Equal(["sim-1/node-2: Drained", "sim-1/node-1: Drained"], run.Of<KubeDrainResult>().Select(static result => result.ToString()));
        Assert.Equal([3, 3], run.Of<KubeDrainResult>().Select(static result => result.Deleted));
        Assert.Equal(6, _drained.Pods);
    }

    [Fact]
    public void An_empty_pipeline_drains_nothing()
    {
        Assert.Empty(Shell.Run("@() | Invoke-KubeDrain -Confirm:$false").Output);

        Assert.Equal(12, _drained.Pods);
    }

    [Theory]
    [InlineData("-ThrottleLimit 1 -MaxUnavailable 2", 2, 1)]
    [InlineData("-NodeThrottleLimit 1 -MaxUnavailable 2", 1, 1)]
    public void Clusters_and_nodes_have_a_limit_each_and_no_cluster_is_left_out(string limits, int nodes, int clusters)
    {
        var events = Shell.Run($"Invoke-KubeDrain * {limits} -IncludeEvent -Confirm:$false").Output;

        Assert.Equal(4, events.OfType<KubeDrainResult>().Count(static result => result.State == DrainState.Drained));
        var running = new HashSet<string>();
        foreach (var item in events)
        {
            if (item is KubeDrainEvent { Phase: DrainPhase.Cordoned } begun)
                running.Add($"{begun.ClusterName}/{begun.Node}");
            else if (item is KubeDrainResult ended)
                running.Remove($"{ended.ClusterName}/{ended.Node}");
            Assert.InRange(running.Count, 0, nodes);
            Assert.InRange(running.Select(static node => node.Split('/')[0]).Distinct().Count(), 0, clusters);
        }
    }

    [Fact]
    public void A_drain_leaves_one_report_for_finding_planning_and_draining()
    {
        var report = Assert.Single(Shell.Run("Invoke-KubeDrain node-1 -Confirm:$false | Out-Null; Get-KubeFanOut -Last 10 | Where-Object Command -eq Invoke-KubeDrain").Of<FanOutReport>());

        Assert.Equal((2, 2, 0), (report.Requested, report.Answered, report.Failed));
    }

    [Fact]
    public void Where_nobody_can_be_asked_a_protected_cluster_refuses_before_any_confirmation()
    {
        Shell.Run("Set-KubeCluster * -Protected");

        var run = Shell.Run("Invoke-KubeDrain node-1");

        Assert.Null(run.Terminated);
        Assert.Equal(["Kube.Protected", "Kube.Protected"], run.Errors.Select(static error => error.Id()));
        Assert.All(run.Errors, static error => Assert.Contains("-AllowProtected -Confirm:$false", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal));
        Assert.Equal(12, _drained.Pods);
    }

    [Fact]
    public void The_way_out_that_a_refusal_names_leads_out()
    {
        Shell.Run("Set-KubeCluster sim-1 -Protected");

        var run = Shell.Run("Invoke-KubeDrain node-1 -Cluster sim-1 -AllowProtected -Confirm:$false");

        Assert.Equal(DrainState.Drained, Assert.Single(run.Of<KubeDrainResult>()).State);
        Assert.Empty(Shell.Host.Questions);
    }

    [Fact]
    public void Force_says_nothing_about_a_protected_cluster()
    {
        Shell.Run("Set-KubeCluster sim-1 -Protected");

        var run = Shell.Run("Invoke-KubeDrain node-1 -Cluster sim-1 -Force -Confirm:$false");

        Assert.Equal("Kube.Protected", run.Error.Id());
        Assert.Equal(12, _drained.Pods);
    }

    [Fact]
    public void A_protected_cluster_asks_one_question_and_not_the_confirmation_besides()
    {
        Shell.Run("Set-KubeCluster sim-1 -Protected");
        Shell.Host.Answers = ["Yes"];

        var run = Shell.Run("Invoke-KubeDrain node-1 -Cluster sim-1");

        Assert.Equal(DrainState.Drained, Assert.Single(run.Of<KubeDrainResult>()).State);
        Assert.StartsWith("sim-1 is protected", Assert.Single(Shell.Host.Questions), StringComparison.Ordinal);
    }

    [Fact]
    public void A_silent_cluster_costs_a_drain_its_TimeoutSec_as_every_other_command()
    {
        Fleet["sim-2"].Faults.Add(ClusterFault.NeverAnswer());

        var run = Shell.Run("Invoke-KubeDrain node-1 -TimeoutSec 4 -Confirm:$false");

        Assert.Equal("sim-1", Assert.Single(run.Of<KubeDrainResult>()).ClusterName);
        Assert.Contains("within 4 s", run.Error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_writes_the_plans_and_asks_and_changes_nothing()
    {
        var run = Shell.Run("Invoke-KubeDrain * -WhatIf");

        Assert.Equal(4, run.Output.Count);
        Assert.All(run.Of<KubeDrainPlan>(), static plan => Assert.Equal((3, 0, false), (plan.Going, plan.Blocked, plan.IsBlocked)));
        Assert.Equal(["web-1-0", "web-1-1", "web-1-2"], Shell.Run("((Invoke-KubeDrain node-1 -Cluster sim-1 -WhatIf).Pods | Where-Object Goes).Name | Sort-Object").Output);
        Assert.Empty(Shell.Host.Questions);
        Assert.Equal(12, _drained.Pods);
        Assert.DoesNotContain(Fleet.Clusters.SelectMany(static cluster => cluster.Requests.All), static request => request.Method is "PATCH" or "DELETE" || request.Path.EndsWith("/eviction", StringComparison.Ordinal));
    }

    [Fact]
    public void A_node_that_is_not_confirmed_is_left_alone()
    {
        Shell.Host.Answers = ["No"];

        Assert.Empty(Shell.Run("Invoke-KubeDrain *").Output);

        Assert.Equal(4, Shell.Host.Questions.Count);
        Assert.Contains(Shell.Host.Questions, static question => question.Contains("\"Drain (3 pods)\" on target \"sim-1 / Node / node-1\"", StringComparison.Ordinal));
        Assert.Equal(12, _drained.Pods);
    }

    [Theory]
    [InlineData("", "-Force")]
    [InlineData("""{"apiVersion":"apps/v1","kind":"DaemonSet","name":"agent","uid":"ds-1","controller":true}""", "-IgnoreDaemonSet")]
    public void A_pod_that_may_not_go_leaves_its_node_alone_and_is_an_error_with_the_switch_that_helps(string owner, string helps)
    {
        Fleet["sim-1"].Store.Add("""{"apiVersion":"apps/v1","kind":"DaemonSet","metadata":{"name":"agent","namespace":"web","uid":"ds-1"},"spec":{} }""");
        Fleet["sim-1"].AddPod("single", "node-1", owner);
        Shell.Host.Answers = ["Yes to All"];

        var run = Shell.Run("Invoke-KubeDrain *");

        Assert.Equal(("Kube.Conflict", "sim-1"), (run.Error.Id(), run.Error.Fault().Cluster!.ClusterName));
        Assert.Contains("web/single", $"{run.Error}");
        Assert.Contains(helps, $"{run.Error}");
        Assert.DoesNotContain(Shell.Host.Questions, static question => question.Contains("sim-1 / Node / node-1", StringComparison.Ordinal));
        var blocked = Assert.Single(run.Of<KubeDrainResult>(), static result => result.State != DrainState.Drained);
        Assert.Equal(("sim-1/node-1: Blocked", false), ($"{blocked}", blocked.LeftCordoned));
        Assert.Contains(helps, blocked.Reason);
        Assert.Equal(4, Fleet["sim-1"].Store.Count("pods"));
    }

    [Fact]
    public void Missing_rights_are_one_error_of_the_cluster_before_anything_starts()
    {
        using var limited = new Shell(Fleet, UserKind.Limited).Select("sim-1");

        var run = limited.Run("Invoke-KubeDrain node-1 -Confirm:$false");

        Assert.NotEmpty(run.Errors);
        Assert.All(run.Errors, static error => Assert.Equal("Kube.Forbidden", error.Id()));
        Assert.Equal(12, _drained.Pods);
    }

    [Fact]
    public void What_happens_is_objects_with_IncludeEvent()
    {
        var output = Shell.Run("Invoke-KubeDrain * -IncludeEvent -Confirm:$false").Output;

        var events = output.OfType<KubeDrainEvent>().ToArray();
        Assert.Equal(DrainPhase.Cordoned, events[0].Phase);
        Assert.Equal((4, 12), (events.Count(static one => one.Phase == DrainPhase.Cordoned), events.Count(static one => one.Phase == DrainPhase.Gone)));
        Assert.IsType<KubeDrainResult>(output[^1]);
    }

    [Fact]
    public void What_happens_is_told_in_verbose_without_it()
    {
        var run = Shell.Run("Invoke-KubeDrain node-1 -Cluster sim-1 -Confirm:$false -Verbose");

        Assert.All(run.Output, static item => Assert.IsType<KubeDrainResult>(item));
        Assert.Equal(3, run.Verbose.Count(static line => line.StartsWith("sim-1/node-1: Gone web/web-1-", StringComparison.Ordinal)));
    }

    [Fact]
    public void No_further_node_is_begun_when_the_health_check_says_no()
    {
        var run = Shell.Run("""
            $checked = [Collections.Generic.List[string]]::new()
            Get-KubeResource node -Cluster sim-1 | Invoke-KubeDrain -Confirm:$false -HealthCheck { $checked.Add($_.Node); $false }
            """);

        var results = run.Of<KubeDrainResult>();
        Assert.Equal(["sim-1/node-1: Drained", "sim-1/node-2: Skipped"], results.Select(static result => result.ToString()));
        Assert.Contains("health check", results[1].Reason);
        Assert.Equal(["node-1"], Shell.Run("$checked").Output);
    }

    [Theory]
    [InlineData("MaxUnavailable", "none")]
    [InlineData("PodSelector", "tier in (")]
    public void What_cannot_be_meant_is_refused_before_any_request(string parameter, string value)
    {
        var error = Shell.Run($"Invoke-KubeDrain * -{parameter} '{value}'").Terminated!;

        Assert.Equal("Kube.Invalid", error.Id());
        Assert.Contains(value, $"{error}");
        Assert.Empty(Fleet["sim-1"].Requests.All);
    }
}
