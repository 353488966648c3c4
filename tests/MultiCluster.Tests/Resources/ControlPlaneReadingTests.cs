using System.Text;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Resources;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Resources;

/// <summary>The same engine against real API servers.</summary>
[Trait("Category", "ControlPlane")]
public sealed class ControlPlaneReadingTests(ControlPlaneReadingTests.Servers servers) : IClassFixture<ControlPlaneReadingTests.Servers>
{
    private const int ConfigMaps = 1_100;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_servers_answer_side_by_side_and_a_long_list_comes_whole()
    {
        await using var session = await SelectAsync("admin.kubeconfig");
        await session.ConnectAsync();
        Assert.All(session.Pool.Selected, cluster =>
        {
            Assert.Equal(ClusterState.Ready, cluster.State);
            Assert.StartsWith("v1.", cluster.Version, StringComparison.Ordinal);
        });
        await FillAsync(session.Pool.Selected[0].Connection!);
        var answer = await session.ReadAsync(new ResourceQuery { Kinds = ["cm"], Namespaces = ["default"], LabelSelector = "bulk=yes" });
        Assert.Empty(answer.Faults);
        Assert.Equal(Enumerable.Range(0, ConfigMaps).Select(i => $"bulk-{i:0000}"), answer.Names(session.Names.First()));
        Assert.Empty(answer.Names(session.Names.Last()));

        var first = await session.ReadAsync(new ResourceQuery { Kinds = ["cm"], AllNamespaces = true, First = 3 });
        Assert.Equal(3, first.Objects.Count);
        var metadata = await session.ReadAsync(new ResourceQuery { Kinds = ["ns"], MetadataOnly = true });
        Assert.Equal(2, metadata.Objects.Count(ns => ns.Name == "kube-system"));
    }

    [Fact]
    public async Task A_user_without_rights_gets_the_servers_words()
    {
        await using var session = await SelectAsync("limited.kubeconfig");
        await session.ConnectAsync();
        var answer = await session.ReadAsync("pods");
        Assert.Equal(2, answer.Faults.Count);
        Assert.All(answer.Faults, fault =>
        {
            Assert.Equal(FaultPhase.Forbidden, fault.Phase);
            Assert.Contains("User \"limited\" cannot list resource \"pods\"", fault.Detail, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_refused_token_stays_selected_and_blocks_further_requests()
    {
        await using var session = await SelectAsync("badtoken.kubeconfig");
        await session.ConnectAsync();
        Assert.All(session.Pool.Selected, cluster => Assert.Equal(ClusterState.AuthenticationRequired, cluster.State));
        Assert.All((await session.ReadAsync("pods")).Faults, fault => Assert.Equal(FaultPhase.Unauthorized, fault.Phase));
    }

    [Fact]
    public async Task A_kind_that_no_server_has_is_a_fault_of_each()
    {
        await using var session = await SelectAsync("admin.kubeconfig");
        var answer = await session.ReadAsync("widgets", "namespaces");
        Assert.Equal([FaultPhase.KindNotFound, FaultPhase.KindNotFound], answer.Faults.Select(fault => fault.Phase));
        Assert.NotEmpty(answer.Objects);
    }

    private async Task<TestSession> SelectAsync(string kubeconfig)
    {
        Assert.SkipWhen(ControlPlane.Missing is not null, ControlPlane.Missing ?? "");
        var session = TestSession.Offline("nothing");
        var result = await session.Pool.SelectAsync(new SelectionRequest { All = true, Kubeconfig = servers.Kubeconfigs(kubeconfig) });
        Assert.Equal(2, result.Clusters.Count);
        return session;
    }

    private static async Task FillAsync(ClusterConnection connection)
    {
        await Parallel.ForAsync(0, ConfigMaps, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancelled }, async (i, stop) =>
        {
            var body = Encoding.UTF8.GetBytes($$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"bulk-{{{i:0000}}}","labels":{"bulk":"yes"} } }""");
            var request = new ApiRequest(HttpMethod.Post, "/api/v1/namespaces/default/configmaps") { Kind = RequestKind.Write, Body = body };
            await connection.Session.Client.GetBytesAsync(request, stop);
        });
    }

    public sealed class Servers : IAsyncLifetime
    {
        private ControlPlane? _servers;

        public async ValueTask InitializeAsync()
        {
            if (ControlPlane.Missing is null)
                _servers = await ControlPlane.StartAsync(servers: 2);
        }

        public async ValueTask DisposeAsync()
        {
            if (_servers is not null)
                await _servers.DisposeAsync();
        }

        public IReadOnlyList<string> Kubeconfigs(string name) => [.. _servers!.Kubeconfigs.Select(path => Path.Combine(Path.GetDirectoryName(path)!, name))];
    }
}
