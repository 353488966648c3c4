using MultiCluster.Clusters;
using MultiCluster.Module.Commands.Clusters;
using MultiCluster.Module.Commands.Resources;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Resources;

namespace MultiCluster.Module.Tests.Commands.Resources;

public sealed class GetKubeResourceTests(SharedFleet shared)
{
    [Fact]
    public void Objects_of_every_cluster_come_typed_with_their_cluster()
    {
        using var session = new FleetSession(shared.Fleet).Select("*");

        var pods = session.Run(Pods()).Objects;

        Assert.All(pods, pod => Assert.IsType<KubePod>(pod));
        Assert.Equal(["sandbox:prod-eu", "sandbox:prod-us", "sandbox:staging"], pods.Cast<KubePod>().Select(pod => pod.ClusterId).Distinct().Order());
    }

    [Theory]
    [InlineData("n")]
    [InlineData("Namespace")]
    [InlineData("names")] // a beginning that is unambiguous
    public void One_namespace(string parameter)
    {
        using var session = new FleetSession(shared.Fleet).Select("staging");

        var pods = session.Run(new CmdletRunner<GetKubeResourceCommand> { ["Kind"] = "po", [parameter] = "kube-system" }).Objects;

        Assert.Equal(["kube-system"], pods.Cast<KubePod>().Select(pod => pod.Namespace).Distinct());
    }

    [Theory]
    [InlineData("A")]
    [InlineData("AllNamespaces")]
    public void All_namespaces(string parameter)
    {
        using var session = new FleetSession(shared.Fleet).Select("staging");

        var pods = session.Run(new CmdletRunner<GetKubeResourceCommand> { ["Kind"] = "Pod", [parameter] = true }).Objects;

        Assert.True(pods.Cast<KubePod>().Select(pod => pod.Namespace).Distinct().Count() > 1);
    }

    [Fact]
    public void One_namespace_and_all_of_them_do_not_go_together()
    {
        var runner = new CmdletRunner<GetKubeResourceCommand> { ["Kind"] = "pod", ["n"] = "web", ["A"] = true };

        Assert.Equal("AmbiguousParameterSet", Assert.Throws<BindingException>(runner.Run).ErrorId);
    }

    [Theory]
    [InlineData("l")]
    [InlineData("Selector")]
    [InlineData("LabelSelector")]
    public void A_label_selector_goes_to_the_servers(string parameter)
    {
        using var session = new FleetSession(shared.Fleet).Select("staging");

        var sink = session.Run(new CmdletRunner<GetKubeResourceCommand> { ["Kind"] = "pod", ["A"] = true, [parameter] = "no=such" });

        Assert.Empty(sink.Objects);
        Assert.Contains(sink.VerboseLines, line => line.Contains("labelSelector=no%3Dsuch", StringComparison.Ordinal));
    }

    [Fact]
    public void Each_request_is_a_verbose_line_with_the_cluster_in_front_and_a_debug_line_without_the_token()
    {
        using var session = new FleetSession(shared.Fleet).Select("*");

        var sink = session.Run(Pods());

        foreach (var name in new[] { "prod-eu", "prod-us", "staging" })
        {
            Assert.Contains(sink.VerboseLines, line => line.StartsWith($"{name}: GET https://127.0.0.1:", StringComparison.Ordinal) && line.Contains("/api/v1/pods?limit=", StringComparison.Ordinal) && line.Contains(" 200 in ", StringComparison.Ordinal));
            Assert.Contains(sink.DebugLines, line => line.StartsWith($"{name}: GET ", StringComparison.Ordinal) && line.Contains("Authorization", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void First_counts_over_the_whole_call()
    {
        using var session = new FleetSession(shared.Fleet).Select("*");

        Assert.Equal(4, session.Run(Pods(runner => runner["First"] = 4)).Objects.Count);
    }

    [Fact]
    public void Metadata_only_leaves_the_rest_out()
    {
        using var session = new FleetSession(shared.Fleet).Select("staging");

        var pods = session.Run(Pods(runner => runner["MetadataOnly"] = true)).Objects.Cast<KubeObject>().ToArray();

        Assert.NotEmpty(pods);
        Assert.All(pods, pod => Assert.False(string.IsNullOrEmpty(pod.Uid)));
    }

    [Theory]
    [InlineData("prod-eu", "prod-eu")]
    [InlineData("prod-*", "prod-eu,prod-us")]
    [InlineData("sandbox:st*", "staging")]
    [InlineData("PROD-?S", "prod-us")]
    public void Cluster_narrows_the_selection_by_wildcard(string cluster, string expected)
    {
        using var session = new FleetSession(shared.Fleet).Select("*");

        Assert.Equal(expected, Clusters(session.Run(Pods(runner => runner["Cluster"] = cluster))));
    }

    [Fact]
    public void Cluster_takes_cluster_objects_rows_and_objects_of_a_cluster()
    {
        using var session = new FleetSession(shared.Fleet).Select("*");
        var cluster = session.Selected[0];
        var row = new { ClusterId = "sandbox:prod-us" };
        var pod = session.Run(Pods(runner => (runner["Cluster"], runner["First"]) = ("staging", 1))).Objects.Single();

        Assert.Equal("prod-eu,prod-us,staging", Clusters(session.Run(Pods(runner => runner["Cluster"] = new[] { cluster, row, pod }))));
    }

    [Fact]
    public void An_object_piped_in_is_looked_up_in_its_own_cluster_and_an_empty_pipeline_asks_none()
    {
        using var session = new FleetSession(shared.Fleet).Select("*");
        var pod = session.Run(Pods(runner => (runner["Cluster"], runner["First"]) = ("staging", 1))).Objects.Single();

        Assert.Equal("staging", Clusters(session.Run(Pods(), [pod, pod])));
        Assert.Empty(session.Run(Pods(), []).Objects);
    }

    [Theory]
    [InlineData("prod-eu", "Kube.ClusterNotSelected", "Select-KubeCluster 'prod-eu' -Add")]
    [InlineData("stagign", "Kube.NotFound", "'staging'")]
    public void A_cluster_that_cannot_be_asked_is_an_error_and_the_others_answer(string cluster, string errorId, string advice)
    {
        using var session = new FleetSession(shared.Fleet).Select("staging");

        var sink = session.Run(Pods(runner => runner["Cluster"] = new object[] { cluster, "staging" }));

        Assert.Equal("staging", Clusters(sink));
        var error = Assert.Single(sink.Errors);
        Assert.Equal((errorId, (object)cluster), (error.ErrorId, error.Target));
        Assert.Contains(advice, error.Fault.Advice);
    }

    [Fact]
    public void Without_a_selection_the_call_ends_with_the_sentence()
    {
        using var session = new FleetSession(shared.Fleet);

        var error = session.Run(Pods()).Terminated!;

        Assert.Equal(("Kube.NoClusterSelected", "No active clusters. Select a cluster with Select-KubeCluster."), (error.ErrorId, error.Fault.Message));
    }

    [Fact]
    public void A_cluster_of_another_session_works_without_a_selection_here()
    {
        using var there = new FleetSession(shared.Fleet).Select("staging");
        using var here = new FleetSession(shared.Fleet);

        Assert.Equal("staging", Clusters(here.Run(Pods(runner => runner["Cluster"] = there.Selected[0]))));
        Assert.Empty(here.Selected);
    }

    [Fact]
    public void A_deselected_cluster_object_is_refused()
    {
        using var session = new FleetSession(shared.Fleet).Select("*");
        var cluster = session.Selected[0];
        session.Run(new CmdletRunner<DisconnectKubeClusterCommand> { "prod-eu" });

        var error = Assert.Single(session.Run(Pods(runner => runner["Cluster"] = cluster)).Errors);

        Assert.Equal(("Kube.ClusterNotSelected", (object)cluster), (error.ErrorId, error.Target));
        Assert.Equal(ClusterState.Disconnected, cluster.State);
    }

    [Fact]
    public void A_name_that_no_cluster_has_is_an_error_of_each()
    {
        using var session = new FleetSession(shared.Fleet).Select("prod-*");

        var sink = session.Run(new CmdletRunner<GetKubeResourceCommand> { "pod", "no-such-pod" });

        Assert.Equal(["Kube.NotFound", "Kube.NotFound"], sink.Errors.Select(error => error.ErrorId));
        Assert.Equal(["prod-eu", "prod-us"], sink.Errors.Select(error => error.Fault.Cluster!.ClusterName).Order());
    }

    [Fact]
    public void An_error_downstream_ends_the_call()
    {
        using var session = new FleetSession(shared.Fleet).Select("*");
        var runner = new CmdletRunner<GetKubeResourceCommand> { Sink = new RecordingSink { Downstream = _ => throw new InvalidOperationException("downstream") } };
        runner["Kind"] = "pod";
        runner["A"] = true;

        Assert.Throws<InvalidOperationException>(() => session.Run(runner));
        Assert.Single(runner.Sink.Objects);
    }

    private static CmdletRunner<GetKubeResourceCommand> Pods(Action<CmdletRunner<GetKubeResourceCommand>>? prepare = null)
    {
        var runner = new CmdletRunner<GetKubeResourceCommand> { ["Kind"] = "pod", ["AllNamespaces"] = true };
        prepare?.Invoke(runner);
        return runner;
    }

    private static string Clusters(RecordingSink sink) => string.Join(",", sink.Objects.Cast<KubeObject>().Select(pod => pod.ClusterName).Distinct().Order());
}
