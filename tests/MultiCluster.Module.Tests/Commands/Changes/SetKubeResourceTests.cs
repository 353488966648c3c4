using System.Text.Json.Nodes;
using MultiCluster.Changes;
using MultiCluster.Faults;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Changes;

/// <summary>Set-KubeResource over two simulated clusters.</summary>
public sealed class SetKubeResourceTests : ChangeShell
{
    private protected override void Fill(SimulatedCluster cluster)
    {
        AddMap(cluster, "a", cluster.Name);
        AddDeployment(cluster, "web");
    }

    [Fact]
    public void Each_object_is_replaced_in_the_cluster_that_it_was_read_from()
    {
        var run = Shell.Run("""
            Get-KubeDeployment web -Namespace web | ConvertTo-KubeTree | ForEach-Object {
                $_.spec.replicas = 5
                $_.spec.template.spec.containers[0].image = 'x:2'
                $_
            } | Set-KubeResource -PassThru
            """);

        Assert.Empty(run.Errors);
        Assert.Equal(["sim-1 5", "sim-2 5"], run.Of<KubeDeployment>().Select(static one => $"{one.ClusterName} {one.Replicas}").Order());
        foreach (var cluster in Fleet.Clusters)
            Assert.Equal("x:2", Stored("deployments.apps", "web", cluster.Name)!["spec"]!["template"]!["spec"]!["containers"]![0]!["image"]!.ToString());
        Assert.Equal(2, Writes());
    }

    [Fact]
    public void An_object_of_another_cluster_than_those_that_are_named_is_an_error_and_changed_nowhere()
    {
        var run = Shell.Run("Get-KubeResource configmap a -n web -Cluster sim-1 | ConvertTo-KubeTree | ForEach-Object { $_.data.key = 'x'; $_ } | Set-KubeResource -Cluster sim-2");

        Assert.Contains("sim-1", run.Error.Fault().Detail, StringComparison.Ordinal);
        Assert.Equal(0, Writes());
    }

    [Fact]
    public void Nothing_is_written_unless_it_is_asked_for() => Assert.Empty(Shell.Run("Get-KubeResource configmap a -n web | ConvertTo-KubeTree | ForEach-Object { $_.data.key = 'x'; $_ } | Set-KubeResource").Output);

    [Fact]
    public void What_was_changed_meanwhile_is_a_conflict_that_says_what()
    {
        Shell.Run("$trees = Get-KubeResource configmap a -n web | ConvertTo-KubeTree");
        var theirs = (JsonObject)Stored("configmaps", "a")!;
        theirs["data"]!["key"] = "theirs";
        ((JsonObject)theirs["metadata"]!).Remove("resourceVersion");
        Fleet["sim-1"].Store.Replace(theirs);

        var run = Shell.Run("$trees | ForEach-Object { $_.data.mine = '1'; $_ } | Set-KubeResource");

        var result = Assert.Single(run.Of<KubeApplyResult>());
        Assert.Equal(("sim-1", ChangeOutcome.Conflict, "Changed meanwhile: data.key: sim-1 -> theirs"), (result.ClusterName, result.Outcome, result.Message));
        Assert.Equal(("Kube.Conflict", FaultPhase.Conflict), (run.Error.Id(), run.Error.Fault().Phase));
        Assert.Contains("Get-KubeResource", run.Error.Fault().Advice, StringComparison.Ordinal);
        Assert.Equal("theirs", Stored("configmaps", "a")!["data"]!["key"]!.ToString());
        Assert.Equal("1", Stored("configmaps", "a", "sim-2")!["data"]!["mine"]!.ToString());
    }

    [Theory]
    [InlineData("-WhatIf")]
    [InlineData("-DryRun")]
    public void A_preview_says_what_would_change_and_changes_nothing(string preview)
    {
        var run = Shell.Run($"Get-KubeResource configmap a -n web | ConvertTo-KubeTree | ForEach-Object {{ $_.data.key = 'x'; $_ }} | Set-KubeResource {preview}");

        Assert.Equal(["sim-1 ConfigMap a Configured", "sim-2 ConfigMap a Configured"], Told(run));
        Assert.Equal(["data.key: sim-1 -> x", "data.key: sim-2 -> x"], run.Of<KubeApplyResult>().Select(static result => $"{Assert.Single(result.Changes)}").Order());
        Assert.Equal(0, Writes());
    }

    [Fact]
    public void A_copy_without_a_version_replaces_whatever_is_there()
    {
        Assert.Empty(Shell.Run("@{ apiVersion = 'v1'; kind = 'ConfigMap'; metadata = @{ name = 'a'; namespace = 'web' }; data = @{ key = 'whole' } } | Set-KubeResource").Errors);

        Assert.Equal(["whole", "whole"], Values());
    }

    [Fact]
    public void Another_object_of_the_name_is_left_alone()
    {
        Shell.Run("$trees = Get-KubeResource configmap a -n web -Cluster sim-1 | ConvertTo-KubeTree");
        Fleet["sim-1"].Store.Remove("configmaps", "web", "a");
        AddMap(Fleet["sim-1"], "a", "theirs");

        var run = Shell.Run("$trees | Set-KubeResource");

        Assert.Equal("Kube.NotFound", run.Error.Id());
        Assert.Equal(0, Writes());
    }

    [Fact]
    public void What_is_no_object_changes_nothing()
    {
        var run = Shell.Run("@{ kind = 'ConfigMap' } | Set-KubeResource");

        Assert.Contains("has no apiVersion", run.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal("Kube.Invalid", run.Terminated!.Id());
    }

    [Fact]
    public void A_protected_cluster_refuses_where_nobody_can_be_asked()
    {
        Shell.Run("Set-KubeCluster sim-1 -Protected");
        const string change = "Get-KubeResource configmap a -n web | ConvertTo-KubeTree | ForEach-Object { $_.data.key = 'x'; $_ } | Set-KubeResource";

        Assert.Equal("Kube.Protected", Shell.Run(change).Error.Id());
        Assert.Equal(["sim-1", "x"], Values());

        Assert.Empty(Shell.Run($"{change} -AllowProtected").Errors);
        Assert.Equal(["x", "x"], Values());
    }
}
