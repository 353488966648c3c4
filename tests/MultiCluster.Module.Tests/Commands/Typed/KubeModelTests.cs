using MultiCluster.Faults;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Resources;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Typed;

public sealed class KubeModelTests(SharedFleet shared)
{
    private static readonly string[] Clusters = ["prod-eu", "prod-us"];

    [Fact]
    public void An_object_becomes_a_model_that_knows_its_cluster()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");

        var run = shell.Run("""
            Get-KubeResource pod -Namespace web | ConvertTo-KubeModel | ForEach-Object { "$($_.GetType().Name) $($_.ClusterName) $($_.ClusterId.Split(':')[1]) $($_.Kind) $($_.Namespace)/$($_.Name) $($_.Spec.Containers[0].Image)" }
            """);

        Assert.Empty(run.Errors);
        Assert.Equal(
            [.. from cluster in Clusters
                from pod in shared.Fleet[cluster].Store.List("pods", "web")
                select $"V1Pod {cluster} {cluster} Pod web/{pod.Name} {pod.ToJson()["spec"]!["containers"]![0]!["image"]}"],
            run.Output.Cast<string>().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_has_no_model_or_is_not_whole_is_an_error()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");

        var run = shell.Run("Get-KubeResource widgets.example.com -A -First 1 | ConvertTo-KubeModel; Get-KubeResource pod -A -First 1 -MetadataOnly | ConvertTo-KubeModel");

        Assert.Equal(["there is no model of Widget in example.com/v1", "only a part of the object was read"], run.Errors.Select(error => error.Fault().Detail));
    }

    [Fact]
    public void A_model_is_made_of_a_hashtable_whatever_the_case_of_its_names()
    {
        using var shell = new Shell(shared.Fleet);

        var run = shell.Run("""
            $m = New-KubeModel deployment @{
                metadata = @{ name = 'web'; labels = @{ App = 'x'; n = 1 } }
                Spec = @{ REPLICAS = 3; template = @{ spec = @{ containers = @(@{ name = 'a'; ports = @(@{ containerPort = 80 }); resources = [pscustomobject]@{ requests = @{ cpu = 1; memory = '1Gi' } } }) } } }
            }
            $m.GetType().Name, $m.ApiVersion, $m.Metadata.Name, $m.Metadata.Labels['App'], $m.Metadata.Labels['n'], $m.Spec.Replicas, $m.Spec.Template.Spec.Containers[0].Ports[0].ContainerPort, "$($m.Spec.Template.Spec.Containers[0].Resources.Requests['cpu'])"
            (New-KubeModel Service @{ spec = @{ ports = @(@{ port = 80; targetPort = 'http' }, @{ port = 81; targetPort = 8081 }) } }).Spec.Ports | ForEach-Object { "$($_.TargetPort)" }
            (New-KubeModel HorizontalPodAutoscaler).ApiVersion, (New-KubeModel HorizontalPodAutoscaler -ApiVersion autoscaling/v1).ApiVersion, (New-KubeModel Event).ApiVersion
            """);

        Assert.Null(run.Terminated);
        Assert.Empty(run.Errors);
        Assert.Equal(["V1Deployment", "apps/v1", "web", "x", "1", 3, 80, "1", "http", "8081", "autoscaling/v2", "autoscaling/v1", "v1"], run.Output);
    }

    [Theory]
    [InlineData("New-KubeModel Deployment @{ spec = @{ replicsa = 3 } }", "Deployment.spec has no member 'replicsa'", "Did you mean 'replicas'?")]
    [InlineData("New-KubeModel Deploymnet", "there is no model of the kind 'Deploymnet'", "Did you mean 'Deployment'?")]
    [InlineData("New-KubeModel Deployment -ApiVersion apps/v9", "there is no model of Deployment in apps/v9", "There is apps/v1.")]
    [InlineData("New-KubeModel Pod @{ spec = @{ containers = @(@{ nam = 'x' }) } }", "Pod.spec.containers[0] has no member 'nam'", "Did you mean 'name'")]
    public void What_a_model_does_not_know_is_refused_with_near_names(string script, string detail, string advice)
    {
        using var shell = new Shell(shared.Fleet);

        var fault = Assert.IsType<FaultException>(shell.Run(script).Terminated?.Exception).Fault;

        Assert.Equal((FaultPhase.Invalid, detail), (fault.Phase, fault.Detail));
        Assert.StartsWith(advice, fault.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_does_not_fit_names_its_member()
    {
        using var shell = new Shell(shared.Fleet);

        var fault = Assert.IsType<FaultException>(shell.Run("New-KubeModel Deployment @{ spec = @{ replicas = 'many' } }").Terminated?.Exception).Fault;

        Assert.StartsWith("Deployment.spec.replicas does not take its value", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Kinds_are_completed()
    {
        using var shell = new Shell(shared.Fleet);

        Assert.Equal(["StatefulSet", "StorageClass"], shell.Offers("New-KubeModel St").Select(result => result.CompletionText).Where(kind => kind is "StatefulSet" or "StorageClass"));
    }

    [Fact]
    public async Task Cmdlets_that_take_objects_take_models()
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Names = ["prod-eu"], Pods = 6 }, TestContext.Current.CancellationToken);
        using var shell = new Shell(fleet).Select("prod-eu");
        fleet["prod-eu"].Store.Add("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"typed","namespace":"web"},"data":{"a":"1"} }""");

        var run = shell.Run("""
            $c = Get-KubeClient
            $c.CoreV1.ReadNamespacedConfigMap('typed', 'web') | Remove-KubeResource -Confirm:$false -PassThru
            Remove-KubeResource -InputObject $c.CoreV1.ListPodForAllNamespaces().Items[0] -DryRun -Confirm:$false
            $c.CoreV1.ListNode().Items[0] | Suspend-KubeNode -Confirm:$false
            @($c.CoreV1.ListPodForAllNamespaces().Items[0] | Get-KubeLog -Tail 1).Count
            $c.CoreV1.ListPodForAllNamespaces().Items[0] | Get-KubeEvent | Out-Null
            """);

        Assert.Null(run.Terminated);
        Assert.Empty(run.Errors);
        Assert.Equal(["typed", fleet["prod-eu"].Store.List("pods")[0].Name], run.Of<KubeRemoval>().Select(removal => removal.Name));
        Assert.Null(fleet["prod-eu"].Store.Find("configmaps", "web", "typed"));
        Assert.Contains(fleet["prod-eu"].Store.List("nodes"), node => (bool?)node.ToJson()["spec"]?["unschedulable"] == true);
        Assert.Contains(1, run.Output);
    }

    [Fact]
    public void A_model_of_no_cluster_goes_to_none()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");

        var run = shell.Run("New-KubeModel Pod @{ metadata = @{ name = 'x' } } | Remove-KubeResource -Confirm:$false");

        Assert.Contains("this V1Pod came from no cluster", Assert.Single(run.Errors).Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task YAML_of_a_model_has_what_was_changed_and_what_the_model_does_not_know()
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Names = ["prod-eu"], Pods = 0 }, TestContext.Current.CancellationToken);
        fleet["prod-eu"].Store.Add("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"typed","namespace":"web"},"data":{"a":"1"},"future":true }""");
        using var shell = new Shell(fleet).Select("prod-eu");

        var run = shell.Run("$m = (Get-KubeClient).CoreV1.ReadNamespacedConfigMap('typed', 'web'); $m.Data['a'] = '2'; $m, (New-KubeModel ConfigMap @{ data = @{ a = 'x' } }) | ConvertTo-KubeYaml -Neat");

        Assert.Equal(
            [
                "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: typed\n  namespace: web\ndata:\n  a: \"2\"\nfuture: true\n",
                "---\napiVersion: v1\nkind: ConfigMap\ndata:\n  a: x\n",
            ],
            run.Output);
    }

    [Fact]
    public async Task A_watch_gives_models_that_know_their_cluster()
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Names = ["prod-eu"], Pods = 0 }, TestContext.Current.CancellationToken);
        using var shell = new Shell(fleet).Select("prod-eu");
        fleet["prod-eu"].Store.Add("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"typed","namespace":"web"},"data":{"a":"1"},"future":true }""");

        var run = shell.Run("""
            $c = Get-KubeClient
            $change = $c.CoreV1.WatchListNamespacedConfigMap('web') | Where-Object { $_.Object.Name -eq 'typed' } | Select-Object -First 1
            "$($change.Type) $($change.ClusterName) $($change.Object.GetType().Name) $($change.Object.ClusterName) $($change.Object.Namespace)/$($change.Object.Name)"
            $change.Object.Data['a'] = '2'
            $change.Object | ConvertTo-KubeYaml -Neat
            $c.CoreV1.ReplaceNamespacedConfigMap($change.Object, 'typed', 'web').Data['a']
            foreach ($change in $c.CoreV1.WatchListNamespacedConfigMap('web')) { if ($change.Object.Name -eq 'typed') { $change.Object | Remove-KubeResource -Confirm:$false -PassThru; break } }
            """);

        Assert.Null(run.Terminated);
        Assert.Empty(run.Errors);
        Assert.Equal(
            ["Added prod-eu V1ConfigMap prod-eu web/typed", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: typed\n  namespace: web\ndata:\n  a: \"2\"\nfuture: true\n", "2"],
            run.Output.OfType<string>());
        Assert.Equal("typed", Assert.Single(run.Of<KubeRemoval>()).Name);
        Eventually.True(() => fleet["prod-eu"].ActiveRequests == 0, "A watch goes on.");
    }
}
