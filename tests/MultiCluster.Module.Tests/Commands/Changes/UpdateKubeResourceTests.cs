using MultiCluster.Changes;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Changes;

/// <summary>Update-KubeResource over two simulated clusters.</summary>
public sealed class UpdateKubeResourceTests : ChangeShell
{
    private protected override void Fill(SimulatedCluster cluster)
    {
        AddMap(cluster, "a");
        AddDeployment(cluster, "web");
    }

    [Theory]
    [InlineData("-Merge @{ spec = @{ replicas = 5 } }", "spec.replicas: 2 -> 5")]
    [InlineData("-Merge '{\"spec\": {\"replicas\": 5}}'", "spec.replicas: 2 -> 5")]
    [InlineData("-Merge 'spec: {replicas: 5}'", "spec.replicas: 2 -> 5")]
    [InlineData("-Strategic @{ spec = @{ template = @{ spec = @{ containers = @(@{ name = 'side'; image = 'y:2' }) } } } }", "spec.template.spec.containers[1].image: y:1 -> y:2")]
    [InlineData("-Json @(@{ op = 'replace'; path = '/spec/replicas'; value = 5 })", "spec.replicas: 2 -> 5")]
    [InlineData("-Json @{ op = 'replace'; path = '/spec/replicas'; value = 5 }", "spec.replicas: 2 -> 5")]
    [InlineData("-Json '[{\"op\": \"replace\", \"path\": \"/spec/replicas\", \"value\": 5}]'", "spec.replicas: 2 -> 5")]
    [InlineData("-Label @{ tier = 'front'; app = $null }", "metadata.labels.tier: (none) -> front|metadata.labels.app: web -> (none)")]
    [InlineData("-Annotation @{ 'a.b/c' = $true }", "metadata.annotations: (none) -> @{a.b/c=true}")]
    [InlineData("-Image @{ app = 'x:2' }", "spec.template.spec.containers[0].image: x:1 -> x:2")]
    [InlineData("-Env @{ A = 1 } -Container side", "spec.template.spec.containers[1].env")]
    public void What_is_patched_is_told_for_each_object(string patch, string changes)
    {
        var run = Shell.Run($"Update-KubeResource deploy web -n web {patch} -DryRun");

        Assert.Empty(run.Errors);
        Assert.Null(run.Terminated);
        Assert.Equal(["sim-1 Deployment web Configured", "sim-2 Deployment web Configured"], Told(run));
        Assert.All(run.Of<KubeApplyResult>(), result => Assert.Superset(changes.Split('|').ToHashSet(), result.Changes.SelectMany(static change => new[] { $"{change}", change.Path }).ToHashSet()));
        Assert.Equal(0, Writes());
    }

    [Fact]
    public void Objects_are_patched_by_pipeline_each_in_its_own_cluster()
    {
        var run = Shell.Run("Get-KubeDeployment -Namespace web -Cluster sim-2 | Update-KubeResource -Image @{ '*' = 'z:1' } -PassThru");

        Assert.Equal("sim-2", Assert.Single(run.Of<KubeDeployment>()).ClusterName);
        Assert.Equal("z:1", Stored("deployments.apps", "web", "sim-2")!["spec"]!["template"]!["spec"]!["containers"]![1]!["image"]!.ToString());
        Assert.Equal("y:1", Stored("deployments.apps", "web")!["spec"]!["template"]!["spec"]!["containers"]![1]!["image"]!.ToString());
        Assert.Equal(1, Writes());
    }

    [Fact]
    public void A_container_that_is_not_there_is_an_error_of_each_object()
    {
        var run = Shell.Run("Update-KubeResource deploy web -n web -Image @{ missing = 'x:2' }");

        Assert.Equal(2, run.Errors.Count);
        Assert.All(run.Errors, static error =>
        {
            Assert.Equal("Kube.Invalid", error.Id());
            Assert.Contains("there is no container missing", $"{error}", StringComparison.Ordinal);
            Assert.Contains("app", error.Fault().Advice, StringComparison.Ordinal);
        });
        Assert.Equal(0, Writes());
        Assert.Equal(2, Shell.Run("Update-KubeResource configmap a -n web -Env @{ A = 1 }").Errors.Count);
    }

    [Theory]
    [InlineData("Update-KubeResource deploy web -n web")]
    [InlineData("Update-KubeResource deploy -n web -Label @{ a = 'b' }")]
    [InlineData("Update-KubeResource -Label @{ a = 'b' }")]
    [InlineData("Update-KubeResource deploy web -n web -Merge '['")]
    [InlineData("Update-KubeResource deploy web -n web -Merge @(1, 2)")]
    [InlineData("Update-KubeResource deploy web -n web -Merge \"a: 1`n---`nb: 2\"")]
    [InlineData("Update-KubeResource deploy web -n web -Json 'a: 1'")]
    public void What_is_no_patch_is_an_error_and_sends_nothing(string script)
    {
        var run = Shell.Run(script);

        Assert.Contains(run.Errors.Append(run.Terminated), static error => error?.Id() == "Kube.Invalid");
        Assert.Equal(0, Writes());
    }

    [Fact]
    public void What_is_so_already_is_no_change()
    {
        var run = Shell.Run("Update-KubeResource deploy web -n web -Image @{ app = 'x:1' } -DryRun");

        Assert.Equal(["sim-1 Deployment web Unchanged", "sim-2 Deployment web Unchanged"], Told(run));
        Assert.DoesNotContain(Fleet["sim-1"].Requests.All, static request => request.Method == "PATCH");
    }

    [Fact]
    public void A_patch_that_one_cluster_refuses_is_its_own_error()
    {
        Fleet["sim-1"].Faults.Add(ClusterFault.Forbidden().When(static request => request.Verb == "patch"));

        var run = Shell.Run("Update-KubeResource configmap a -n web -Merge @{ data = @{ key = '2' } }");

        Assert.Equal(("Kube.Forbidden", "sim-1"), (run.Error.Id(), run.Error.Fault().Cluster!.ClusterName));
        Assert.Equal(["1", "2"], Values());
    }

    [Fact]
    public void What_is_asked_names_the_cluster_and_the_object()
    {
        Shell.Host.Answers = ["No", "Yes"];

        Shell.Run("Update-KubeResource configmap a -n web -Merge @{ data = @{ key = '2' } } -Confirm");

        Assert.Equal(2, Shell.Host.Questions.Count);
        Assert.Contains(Shell.Host.Questions, static question => question.Contains("\"Change\" on target \"sim-2 / ConfigMap / web / a\"", StringComparison.Ordinal));
        Assert.Equal(1, Writes());
    }

    [Fact]
    public void The_containers_images_and_kinds_are_completed()
    {
        Assert.Contains("configmaps", Shell.Offers("Update-KubeResource configm").Select(static one => one.CompletionText));
        Assert.Contains("web", Shell.Offers("Update-KubeResource -Namespace web deploy w").Select(static one => one.CompletionText));
    }
}
