using System.Text.Json;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects.Trees;

namespace MultiCluster.Module.Tests.Commands.Resources;

public sealed class ConvertToKubeTreeTests(SharedFleet shared)
{
    [Fact]
    public void A_copy_may_be_changed_and_knows_its_cluster()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");

        var run = shell.Run("""
            $d = Get-KubeResource deploy -A -First 1 | ConvertTo-KubeTree
            $d.spec.replicas = 42
            $d.spec.newField = 1
            $d.metadata.labels.'a/b' = 'x'
            $d.spec.template.spec.containers[0].image = 'nginx:2'
            $d
            """);

        Assert.Empty(run.Errors);
        var tree = Assert.IsType<KubeTree>(Shell.Unwrapped(Assert.Single(run.Output)));
        Assert.Equal("prod-eu", tree.ClusterName);
        Assert.EndsWith(":prod-eu", tree.ClusterId, StringComparison.Ordinal);
        shell["tree"] = tree;
        var yaml = shell.Run("$tree | ConvertTo-KubeYaml").Output.Single() as string;
        Assert.Contains("replicas: 42", yaml, StringComparison.Ordinal);
        Assert.Contains("newField: 1", yaml, StringComparison.Ordinal);
        Assert.DoesNotContain("ClusterId", yaml, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("ClusterId", shell.Run("$tree | ConvertTo-Json -Depth 20 -WarningAction Ignore").Output.Single() as string, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_tree_leads_to_its_object_in_its_cluster_whatever_an_entry_says()
    {
        using var shell = new Shell(shared.Fleet).Select("*");

        var run = shell.Run("""
            $pod = Get-KubeResource pod -A -Cluster prod-us -First 1
            $tree = $pod | ConvertTo-KubeTree
            $tree.clusterId = 'sandbox:staging'
            $again = $tree | Get-KubeResource
            $pod.Uid -eq $again.Uid
            $again.ClusterName
            """);

        Assert.Empty(run.Errors);
        Assert.Equal([true, "prod-us"], run.Output);
    }

    [Fact]
    public void What_the_server_keeps_for_itself_is_left_out_as_in_YAML()
    {
        using var shell = new Shell(shared.Fleet).Select("staging");

        var run = shell.Run("""
            $pod = Get-KubeResource pod -A -First 1
            ($pod | ConvertTo-KubeTree).metadata.Contains('managedFields')
            ($pod | ConvertTo-KubeTree -KeepManagedFields).metadata.Contains('managedFields')
            ($pod | ConvertTo-KubeTree).metadata.Contains('resourceVersion')
            $neat = $pod | ConvertTo-KubeTree -Neat
            $neat.metadata.Contains('resourceVersion')
            $neat.Contains('status')
            """);

        Assert.Equal([false, true, true, false, false], run.Output);
    }

    [Fact]
    public void Parts_tables_and_trees_are_copied_too_and_the_copy_is_no_other_ones()
    {
        using var shell = new Shell(shared.Fleet).Select("staging");

        var run = shell.Run("""
            $pod = Get-KubeResource pod -A -First 1
            $spec = $pod.spec | ConvertTo-KubeTree
            $spec.nodeName = 'other'
            $spec.nodeName
            $pod.spec.nodeName -eq 'other'
            $one = [pscustomobject]@{ kind = 'A'; list = @([pscustomobject]@{ a = 1 }) } | ConvertTo-KubeTree
            $two = $one | ConvertTo-KubeTree
            $two.list[0].a = 2
            $one.list[0].a
            ($pod | ConvertTo-KubeTree | ConvertTo-KubeTree).ClusterName
            """);

        Assert.Empty(run.Errors);
        Assert.Equal(["other", false, 1, "staging"], run.Output);
    }

    [Theory]
    [InlineData("Get-KubeResource pod -A -First 1 -MetadataOnly | ConvertTo-KubeTree", "only a part of the object was read")]
    [InlineData("Get-KubeResource pod -A -First 1 | Select-Object ClusterId, Name | ConvertTo-KubeTree", "a row is not the whole object")]
    [InlineData("$h = @{}; $h.self = $h; $h | ConvertTo-KubeTree", "the value is nested deeper than 500 levels")]
    public void What_is_no_whole_object_is_refused(string script, string reason)
    {
        using var shell = new Shell(shared.Fleet).Select("staging");

        Assert.Contains(reason, shell.Run(script).Error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_object_of_a_cluster_comes_back_from_YAML_and_from_its_tree()
    {
        using var shell = new Shell(shared.Fleet).Select("staging");

        var run = shell.Run("""
            $kinds = 'pod', 'node', 'deploy', 'rs', 'sts', 'ds', 'job', 'cronjob', 'svc', 'cm', 'secret', 'ns', 'ing', 'pvc', 'pv', 'pdb', 'event', 'sa', 'role', 'clusterrole', 'rolebinding', 'sc', 'crd'
            foreach ($item in Get-KubeResource $kinds -AllNamespaces) {
                $json = (ConvertFrom-Json $item.ToJson() -AsHashtable -Depth 100 -DateKind String)
                $json.apiVersion = $item.ApiVersion
                $json.kind = $item.Kind
                $tree = $item | ConvertTo-KubeTree -KeepManagedFields
                ,@(
                    ($json | ConvertTo-Json -Depth 100 -Compress),
                    ($tree | ConvertTo-Json -Depth 100 -Compress),
                    ($item | ConvertTo-KubeYaml -KeepManagedFields | ConvertFrom-KubeYaml | ConvertTo-Json -Depth 100 -Compress),
                    ($tree | ConvertTo-KubeYaml -KeepManagedFields | ConvertFrom-KubeYaml | ConvertTo-Json -Depth 100 -Compress))
            }
            """);

        Assert.Empty(run.Errors);
        Assert.True(run.Output.Count > 100, $"{run.Output.Count}");
        foreach (var texts in run.Output.Select(static row => ((object[])Shell.Unwrapped(row)!).Select(static text => JsonDocument.Parse($"{text}").RootElement).ToArray()))
            Assert.All(texts[1..], text => Assert.True(JsonElement.DeepEquals(texts[0], text), $"{texts[0]}\n{text}"));
    }
}
