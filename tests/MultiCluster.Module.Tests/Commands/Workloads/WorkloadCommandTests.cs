using MultiCluster.Changes;
using MultiCluster.Module.Tests.Commands.Changes;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Workloads;

/// <summary>Set-KubeScale, Restart-, Suspend- and Resume-KubeWorkload and Start-KubeCronJob over two simulated clusters.</summary>
public sealed class WorkloadCommandTests : ChangeShell
{
    private protected override void Fill(SimulatedCluster cluster)
    {
        AddDeployment(cluster, "web");
        cluster.Store.Add("""{"apiVersion":"batch/v1","kind":"CronJob","metadata":{"name":"backup","namespace":"web"},"spec":{"schedule":"0 0 * * *","jobTemplate":{"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"a","image":"x"}]}}}} } }""");
    }

    [Fact]
    public void Workloads_are_scaled_in_every_cluster_and_written_when_it_is_asked_for()
    {
        Assert.Empty(Shell.Run("Set-KubeScale deploy web -Replicas 5 -Namespace web").Output);
        Assert.Equal(["5", "5"], Fields("replicas"));

        Assert.Equal(2, Shell.Run("Get-KubeDeployment web -Namespace web | Set-KubeScale -Replicas 6 -PassThru").Output.Count);
        Assert.Equal(["6", "6"], Fields("replicas"));
    }

    [Fact]
    public void An_autoscaler_that_sets_the_replicas_refuses_in_its_own_cluster()
    {
        Fleet["sim-1"].Store.Add("""{"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","metadata":{"name":"busy","namespace":"web"},"spec":{"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"web"},"maxReplicas":5} }""");

        var run = Shell.Run("Set-KubeScale deploy web -Replicas 5 -Namespace web");

        Assert.Equal(("Kube.Invalid", "sim-1"), (run.Error.Id(), run.Error.Fault().Cluster!.ClusterName));
        Assert.Contains("the HorizontalPodAutoscaler busy sets its replicas", $"{run.Error}", StringComparison.Ordinal);
        Assert.Equal(["2", "5"], Fields("replicas"));
    }

    [Fact]
    public void A_restart_changes_the_template()
    {
        Assert.Empty(Shell.Run("Restart-KubeWorkload deploy web -Namespace web").Errors);

        foreach (var cluster in Fleet.Clusters)
            Assert.NotNull(Stored("deployments.apps", "web", cluster.Name)!["spec"]!["template"]!["metadata"]!["annotations"]!["kubectl.kubernetes.io/restartedAt"]);
    }

    [Fact]
    public void What_is_suspended_is_resumed_and_not_restarted_meanwhile()
    {
        Shell.Run("Suspend-KubeWorkload deploy, cronjob * -Namespace web");
        Assert.Equal(["true", "true"], Fields("paused"));
        Assert.Equal("true", Stored("cronjobs.batch", "backup")!["spec"]!["suspend"]!.ToString());

        Assert.All(Shell.Run("Restart-KubeWorkload deploy web -Namespace web").Errors, static error => Assert.Contains("Resume-KubeWorkload", error.Fault().Advice, StringComparison.Ordinal));

        Shell.Run("Resume-KubeWorkload deploy, cronjob * -Namespace web");
        Assert.Equal(["false", "false"], Fields("paused"));
        Assert.Equal("false", Stored("cronjobs.batch", "backup")!["spec"]!["suspend"]!.ToString());
    }

    [Fact]
    public void A_CronJob_is_run_now_by_a_Job_of_its_own()
    {
        var run = Shell.Run("Get-KubeResource cronjob backup -Namespace web -Cluster sim-2 | Start-KubeCronJob");

        var job = Assert.Single(run.Of<KubeJob>());
        Assert.StartsWith("backup-manual-", job.Name, StringComparison.Ordinal);
        Assert.Equal("sim-2", job.ClusterName);
        Assert.Equal("CronJob", Stored("jobs.batch", job.Name, "sim-2")!["metadata"]!["ownerReferences"]![0]!["kind"]!.ToString());
        Assert.Empty(Fleet["sim-1"].Store.List("jobs.batch", "web"));
        Assert.Equal("Kube.Invalid", Shell.Run("Start-KubeCronJob").Terminated!.Id());
    }

    [Theory]
    [InlineData("Set-KubeScale deploy web -Replicas 5 -Namespace web", "spec.replicas: 2 -> 5")]
    [InlineData("Suspend-KubeWorkload deploy web -Namespace web", "spec.paused: (none) -> true")]
    public void A_preview_says_what_would_change_and_changes_nothing(string script, string change)
    {
        foreach (var preview in (string[])["-WhatIf", "-DryRun"])
        {
            var run = Shell.Run($"{script} {preview}");
            Assert.Equal(["sim-1 Deployment web Configured", "sim-2 Deployment web Configured"], Told(run));
            Assert.All(run.Of<KubeApplyResult>(), result => Assert.Contains(change, result.Changes.Select(static one => $"{one}")));
        }

        Assert.Equal(0, Writes());
    }

    [Theory]
    [InlineData("Set-KubeScale deploy web -Replicas 5 -Namespace web", "Scale")]
    [InlineData("Restart-KubeWorkload deploy web -Namespace web", "Restart")]
    [InlineData("Suspend-KubeWorkload deploy web -Namespace web", "Suspend")]
    [InlineData("Suspend-KubeWorkload deploy web -Namespace web -DryRun:$false", "Suspend")]
    public void A_protected_cluster_asks_and_the_answer_counts(string script, string action)
    {
        Shell.Run("Set-KubeCluster sim-1 -Protected");
        Shell.Host.Answers = ["No"];

        Shell.Run(script);

        Assert.Equal($"sim-1 is protected\n{action} sim-1 / Deployment / web / web?", Assert.Single(Shell.Host.Questions));
        Assert.Equal(1, Writes());
        Shell.Run($"{script} -AllowProtected");
        Assert.Single(Shell.Host.Questions);
    }

    [Fact]
    public void What_names_no_objects_changes_none()
    {
        Assert.Equal("Kube.Invalid", Shell.Run("Restart-KubeWorkload deploy").Terminated!.Id());
        Assert.Empty(Shell.Run("@() | Restart-KubeWorkload").Errors);
        Assert.Equal(0, Writes());
    }

    [Fact]
    public void A_job_scales_what_it_was_given() =>
        Assert.Equal(["sim-1 Deployment web Configured", "sim-2 Deployment web Configured"], Told(Shell.Run("Set-KubeScale deploy web -Replicas 3 -Namespace web -AsJob | Receive-Job -Wait -AutoRemoveJob")));

    private IEnumerable<string?> Fields(string name) => Fleet.Clusters.Select(cluster => Stored("deployments.apps", "web", cluster.Name)!["spec"]![name]?.ToString());
}
