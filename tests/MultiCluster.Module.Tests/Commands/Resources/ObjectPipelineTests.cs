using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects;

namespace MultiCluster.Module.Tests.Commands.Resources;

/// <summary>What PowerShell's own commands do with objects of many clusters.</summary>
public sealed class ObjectPipelineTests(SharedFleet shared)
{
    [Fact]
    public void They_group_by_cluster()
    {
        using var shell = Pods();

        Assert.Equal(["prod-eu", "prod-us", "staging", true], shell.Run("""
            $groups = $pods | Group-Object ClusterName
            $groups.Name | Sort-Object
            ($groups | Measure-Object Count -Sum).Sum -eq $pods.Count
            """).Output);
    }

    [Fact]
    public void They_sort_by_several_properties()
    {
        using var shell = Pods();

        var sorted = shell.Run("$pods | Sort-Object Namespace, ClusterName -Descending").Of<KubePod>().Select(static pod => (pod.Namespace, pod.ClusterName)).ToArray();

        Assert.Equal(sorted.OrderDescending(), sorted);
    }

    [Fact]
    public void They_are_filtered_by_any_path_whatever_its_case()
    {
        using var shell = Pods();

        var run = shell.Run("$pods | Where-Object { $_.SPEC.NodeName -eq 'node-1' }");

        Assert.NotEmpty(run.Output);
        Assert.Equal(shell.Run("$pods | Where-Object { $_.spec.nodeName -eq 'node-1' }").Output, run.Output);
        Assert.All(run.Of<KubePod>(), static pod => Assert.Equal("node-1", pod.Node));
    }

    [Fact]
    public void Paths_go_through_lists_and_a_field_that_is_not_there_is_nothing()
    {
        using var shell = Pods();

        Assert.Equal([true, true], shell.Run("$pods[0].spec.containers[0].image -is [string]; $null -eq $pods[0].spec.noSuchField").Output);
    }

    [Theory]
    [InlineData("-LT '10000d'", true)]
    [InlineData("-GT '10000d'", false)]
    [InlineData("-LT '0s'", false)]
    public void They_are_filtered_by_age_as_people_write_it(string condition, bool all)
    {
        using var shell = Pods();

        Assert.Equal([all ? shell.Run("$pods").Output.Count : 0], shell.Run($"@($pods | Where-Object Age {condition}).Count").Output);
    }

    [Fact]
    public void Kinds_that_have_no_class_have_every_field()
    {
        using var shell = Pods();

        Assert.Equal(["Widget", true, true], shell.Run("""
            $widget = Get-KubeResource widget -A -Cluster staging -First 1
            $widget.Kind
            [bool]$widget.spec.color
            $widget.spec.replicas -is [ValueType]
            """).Output);
    }

    [Theory]
    [InlineData("role deployer -n web", "rules[0].verbs -contains 'patch'", true)]
    [InlineData("rolebinding deployer -n web", "subjects[0].name", "jane")]
    [InlineData("rolebinding deployer -n web", "roleRef.name", "deployer")]
    [InlineData("storageclass", "provisioner -like '*.*'", true)]
    [InlineData("endpointslice -A", "addressType", "IPv4")]
    public void Fields_at_the_top_that_are_not_in_spec_are_there_too(string what, string path, object expected)
    {
        using var shell = Pods();

        Assert.Equal([expected], shell.Run($"(Get-KubeResource {what} -Cluster staging | Select-Object -First 1).{path}").Output);
    }

    [Fact]
    public void They_go_through_JSON_and_CSV()
    {
        using var shell = Pods();

        Assert.Equal([true, true], shell.Run("""
            $json = $pods[0] | Select-Object ClusterName, Name, Namespace | ConvertTo-Json | ConvertFrom-Json
            $json.ClusterName -eq $pods[0].ClusterName
            $rows = $pods | Select-Object ClusterName, Name, Status | ConvertTo-Csv | ConvertFrom-Csv
            -not (Compare-Object $pods $rows -Property ClusterName, Name)
            """).Output);
    }

    [Theory]
    [InlineData("$pod.spec.nodeN", "nodeName")]
    [InlineData("$pod.spec.", "containers")]
    [InlineData("$pod.Clus", "ClusterName")]
    public void Tab_offers_the_fields_that_they_really_hold(string line, string expected)
    {
        using var shell = Pods();
        shell.Run("$pod = $pods[0]");

        Assert.Contains(expected, shell.Offers(line).Select(static offer => offer.CompletionText));
    }

    /// <summary>All pods are in <c>$pods</c>.</summary>
    private Shell Pods()
    {
        var shell = new Shell(shared.Fleet).Select("*");
        Assert.Empty(shell.Run("$pods = Get-KubeResource pod -AllNamespaces").Errors);
        return shell;
    }
}
