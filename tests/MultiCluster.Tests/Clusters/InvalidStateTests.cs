using MultiCluster.Clusters;
using MultiCluster.Sandbox;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Clusters;

/// <summary>A cluster whose context cannot be used is Invalid, whatever it is that is wrong in the kubeconfig, until it is corrected.</summary>
public sealed class InvalidStateTests
{
    [Theory]
    [InlineData("certificate-authority-data: czNj", "token: t")]
    [InlineData("certificate-authority-data: '%%'", "token: t")]
    [InlineData("certificate-authority: no-such-file", "token: t")]
    [InlineData("insecure-skip-tls-verify: true", "client-certificate-data: czNj, client-key-data: czNj")]
    [InlineData("insecure-skip-tls-verify: true", "exec: {apiVersion: client.authentication.k8s.io/v1alpha1, command: sh}")]
    [InlineData("insecure-skip-tls-verify: true", "exec: {command: sh}")]
    public async Task What_the_kubeconfig_has_wrong_makes_the_cluster_invalid(string cluster, string user)
    {
        await using var session = await TestSession.StartAsync(new FleetOptions { Pods = 0 });
        Write(session, cluster, user);
        await session.SelectAsync("bad");
        await session.ConnectAsync();

        Assert.Equal(ClusterState.Invalid, session.Cluster("bad").State);
        Assert.Equal(ClusterState.Invalid, session.Connection("bad").History[^1].State);
    }

    [Fact]
    public async Task A_context_that_becomes_unusable_is_invalid_at_once_and_heals_when_it_is_corrected()
    {
        await using var session = await TestSession.StartAsync(new FleetOptions { Pods = 0 });
        Write(session, "insecure-skip-tls-verify: true", "token: sim-token");
        await session.SelectAsync("bad");
        await session.ConnectAsync();
        Assert.NotEqual(ClusterState.Invalid, session.Cluster("bad").State);

        Write(session, "insecure-skip-tls-verify: true, certificate-authority: both", "token: sim-token");
        await TestSession.UntilAsync(() => session.Cluster("bad").State == ClusterState.Invalid, "the context is invalid");
        Write(session, "insecure-skip-tls-verify: true", "token: sim-token");
        await TestSession.UntilAsync(() => session.Cluster("bad").State != ClusterState.Invalid, "the context is corrected");
    }

    private static void Write(TestSession session, string cluster, string user) => File.WriteAllText(session.Kubeconfig, $$"""
        clusters: [{name: c, cluster: {server: '{{session.Fleet.Clusters[0].Server}}', {{cluster}} } }]
        users: [{name: u, user: { {{user}} } }]
        contexts: [{name: bad, context: {cluster: c, user: u} }]
        """);
}
