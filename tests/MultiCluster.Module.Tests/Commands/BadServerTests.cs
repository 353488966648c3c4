using MultiCluster.Faults;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands;

/// <summary>Servers that answer what no API server should, and questions that none can answer.</summary>
public sealed class BadServerTests(SharedFleet shared)
{
    public static TheoryData<string, Func<ClusterFault>, string, string[]> Faults => new()
    {
        { "HTTP", ClusterFault.PlainHttp, "Kube.Tls", ["http"] },
        { "a proxy's page", () => ClusterFault.ProxyPage(), "Kube.Server", ["502"] },
        { "a proxy's page with 200", () => ClusterFault.ProxyPage(200), "Kube.Decode", ["HTML"] },
        { "another host's certificate", ClusterFault.WrongHostCertificate, "Kube.Tls", ["127.0.0.1", "tls-server-name"] },
        { "an expired certificate", ClusterFault.ExpiredCertificate, "Kube.Tls", ["expired"] },
        { "an unknown authority", ClusterFault.UnknownAuthority, "Kube.Tls", ["unknown authority", "fresh kubeconfig"] },
        { "truncated JSON", () => ClusterFault.Truncate(300), "Kube.Decode", ["ended"] },
        { "malformed JSON", () => ClusterFault.MalformedJson(), "Kube.Decode", [] },
        { "another content type", () => ClusterFault.ContentType("text/plain"), "Kube.Decode", ["text/plain"] },
        { "a connection reset", () => ClusterFault.ResetAfter(300), "Kube.Connect", [] },
        { "an error of the server", ClusterFault.InternalError, "Kube.Server", ["InternalError", "Get-KubeClusterDiagnostic"] },
        { "throttling without end", () => ClusterFault.Throttle(TimeSpan.FromSeconds(1)), "Kube.Throttled", ["-Qps"] },
        { "an expired login", ClusterFault.Unauthorized, "Kube.Unauthorized", [] },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_server_that_answers(string what, Func<ClusterFault> fault, string id, string[] words)
    {
        Assert.NotEmpty(what);
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 5 }, TestContext.Current.CancellationToken);
        using var shell = new Shell(fleet).Select("*");
        fleet["sim-1"].Faults.Add(fault());

        var run = shell.Run("Get-KubeResource pod -A -TimeoutSec 5");

        Guidance.Check(run.Error, id, ["sim-1", .. words]);
        Assert.Equal("sim-1", Assert.IsType<ClusterIdentity>(run.Error.TargetObject).ClusterName);
        Assert.Equal(["sim-2"], run.Of<KubeObject>().Select(static pod => pod.ClusterName).Distinct());
    }

    [Fact]
    public async Task Objects_of_a_megabyte_are_read_whole()
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Pods = 0 }, TestContext.Current.CancellationToken);
        fleet["sim-1"].Faults.Add(ClusterFault.HugeObjects(3));
        using var shell = new Shell(fleet).Select("*");

        var found = shell.Run("Get-KubeResource configmap huge-* -A").Of<KubeObject>();

        Assert.Equal(["huge-1", "huge-2", "huge-3"], found.Select(static item => item.Name));
    }

    [Theory]
    [InlineData("podz", "Kube.KindNotFound", "podz", "Did you mean pods")]
    [InlineData("deployment.v9.apps", "Kube.KindNotFound", "deployment.v9.apps")]
    [InlineData("po*", "Kube.KindNotFound", "po*", "Get-KubeApiResource")]
    public void A_kind_that_no_cluster_serves(string kind, string id, params string[] words)
    {
        using var shell = new Shell(shared.Fleet).Select("staging");

        Guidance.Check(shell.Run($"Get-KubeResource {kind} -A").Error, id, words);
    }

    [Theory]
    [InlineData("LabelSelector", "a in (b", "a in (b")]
    [InlineData("LabelSelector", "a=b=c", "a=b=c")]
    [InlineData("FieldSelector", "spec.nodeName", "spec.nodeName")]
    [InlineData("Name", "a/b", "a/b")]
    public void An_argument_that_cannot_be_used_ends_the_call_before_any_request(string parameter, string value, string word)
    {
        using var shell = new Shell(shared.Fleet).Select("staging");

        var run = shell.Run($"Get-KubeResource pod -A -{parameter} '{value}' -Verbose");

        Guidance.Check(run.Terminated!, "Kube.Invalid", word);
        Assert.Empty(run.Verbose);
    }

    [Fact]
    public void A_field_selector_that_the_server_refuses_is_the_clusters_error()
    {
        using var shell = new Shell(shared.Fleet).Select("staging");

        Guidance.Check(shell.Run("Get-KubeResource pod -A -FieldSelector spec.nonsense=1").Error, "Kube.Invalid", "staging", "spec.nonsense");
    }

    [Fact]
    public void A_user_without_rights_reads_what_is_allowed_and_is_told_what_was_left_out()
    {
        using var shell = new Shell(shared.Fleet, UserKind.Limited).Select("staging");

        var run = shell.Run("Get-KubeResource pod -A");

        Assert.Equal(["web"], run.Of<KubeObject>().Select(static pod => pod.Namespace).Distinct());
        Guidance.Check(run.Error, "Kube.Forbidden", "staging", "jane", "left out", "kube-system");
    }

    [Theory]
    [InlineData("ClusterId", "sandbox:*", "sandbox:*", "-Cluster")]
    [InlineData("Cluster", "stagin", "stagin", "Did you mean 'staging'?")]
    public void A_cluster_that_is_not_there_is_named_with_the_way_out(string parameter, string value, params string[] words)
    {
        using var shell = new Shell(shared.Fleet).Select("staging");

        var run = shell.Run($"Get-KubeResource pod -A -{parameter} {value}");

        Guidance.Check(run.Error, "Kube.NotFound", words);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void A_date_is_no_cluster()
    {
        using var shell = new Shell(shared.Fleet).Select("staging");

        Guidance.Check(shell.Run("Get-KubeResource pod -Cluster ([datetime]::UnixEpoch)").Terminated!, "Kube.Invalid", "DateTime", "-Cluster");
    }
}
