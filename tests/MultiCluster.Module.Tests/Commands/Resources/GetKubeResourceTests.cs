using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects;

namespace MultiCluster.Module.Tests.Commands.Resources;

/// <summary>What Get-KubeResource is asked for.</summary>
public sealed class GetKubeResourceTests(SharedFleet shared)
{
    [Fact]
    public void Objects_of_every_cluster_come_typed_with_their_cluster()
    {
        using var shell = new Shell(shared.Fleet).Select("*");

        var pods = shell.Run("Get-KubeResource pod -AllNamespaces").Output;

        Assert.All(pods, static pod => Assert.IsType<KubePod>(pod));
        Assert.Equal(["sandbox:prod-eu", "sandbox:prod-us", "sandbox:staging"], pods.Cast<KubePod>().Select(static pod => pod.ClusterId).Distinct().Order());
    }

    [Theory]
    [InlineData("-n")]
    [InlineData("-Namespace")]
    [InlineData("-names")] // a beginning that is unambiguous
    public void One_namespace(string parameter)
    {
        using var shell = new Shell(shared.Fleet).Select("staging");

        var pods = shell.Run($"Get-KubeResource po {parameter} kube-system").Of<KubePod>();

        Assert.Equal(["kube-system"], pods.Select(static pod => pod.Namespace).Distinct());
    }

    [Theory]
    [InlineData("-A")]
    [InlineData("-AllNamespaces")]
    public void All_namespaces(string parameter)
    {
        using var shell = new Shell(shared.Fleet).Select("staging");

        var pods = shell.Run($"Get-KubeResource Pod {parameter}").Of<KubePod>();

        Assert.True(pods.Select(static pod => pod.Namespace).Distinct().Count() > 1);
    }

    [Fact]
    public void One_namespace_and_all_of_them_do_not_go_together()
    {
        using var shell = new Shell();

        Assert.Equal("AmbiguousParameterSet", shell.Run("Get-KubeResource pod -n web -A").Terminated!.Id());
    }

    [Theory]
    [InlineData("-l")]
    [InlineData("-Selector")]
    [InlineData("-LabelSelector")]
    public void A_label_selector_goes_to_the_servers(string parameter)
    {
        using var shell = new Shell(shared.Fleet).Select("staging");

        var run = shell.Run($"Get-KubeResource pod -A {parameter} no=such -Verbose");

        Assert.Empty(run.Output);
        Assert.Contains(run.Verbose, static line => line.Contains("labelSelector=no%3Dsuch", StringComparison.Ordinal));
    }

    [Fact]
    public void Each_request_is_a_verbose_line_with_the_cluster_in_front_and_a_debug_line_without_the_token()
    {
        using var shell = new Shell(shared.Fleet).Select("*");

        var run = shell.Run("Get-KubeResource pod -A -Verbose -Debug");

        foreach (var name in new[] { "prod-eu", "prod-us", "staging" })
        {
            Assert.Contains(run.Verbose, line => line.StartsWith($"{name}: GET https://127.0.0.1:", StringComparison.Ordinal) && line.Contains("/api/v1/pods?limit=", StringComparison.Ordinal) && line.Contains(" 200 in ", StringComparison.Ordinal));
            Assert.Contains(run.Debug, line => line.StartsWith($"{name}: GET ", StringComparison.Ordinal) && line.Contains("Authorization", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void First_counts_over_the_whole_call()
    {
        using var shell = new Shell(shared.Fleet).Select("*");

        Assert.Equal(4, shell.Run("Get-KubeResource pod -A -First 4").Output.Count);
    }

    [Fact]
    public void Metadata_only_leaves_the_rest_out()
    {
        using var shell = new Shell(shared.Fleet).Select("staging");

        var pods = shell.Run("Get-KubeResource pod -A -MetadataOnly").Of<KubeObject>();

        Assert.NotEmpty(pods);
        Assert.All(pods, static pod => Assert.False(string.IsNullOrEmpty(pod.Uid)));
        Assert.Equal([null], shell.Run("(Get-KubeResource pod -A -MetadataOnly -First 1).spec").Output);
    }

    [Fact]
    public void Several_kinds_come_in_the_order_asked()
    {
        using var shell = new Shell(shared.Fleet).Select("staging");

        var kinds = shell.Run("Get-KubeResource node, deployment -A").Of<KubeObject>().Select(static item => item.Kind);

        Assert.Equal(["Node", "Deployment"], kinds.Distinct());
    }

    [Fact]
    public void A_name_that_no_cluster_has_is_one_error_that_names_them()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");

        var run = shell.Run("Get-KubeResource pod no-such-pod");

        Assert.Equal(("Kube.NotFound", "no-such-pod"), (run.Error.Id(), run.Error.TargetObject));
        Assert.EndsWith("(pods \"no-such-pod\" not found), on both clusters: prod-eu and prod-us.", $"{run.Error}", StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_downstream_ends_the_call()
    {
        using var shell = new Shell(shared.Fleet).Select("*");

        var run = shell.Run("Get-KubeResource pod -A | ForEach-Object { $_; throw 'downstream' }");

        Assert.Equal("downstream", run.Terminated!.Exception.Message);
        Assert.Single(run.Output);
    }
}
