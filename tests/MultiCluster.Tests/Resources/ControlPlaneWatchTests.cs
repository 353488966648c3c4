using System.Text;
using MultiCluster.Api.Watches;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Resources;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Resources;

/// <summary>The same watch against real API servers, which forget versions after seconds.</summary>
[Trait("Category", "ControlPlane")]
public sealed class ControlPlaneWatchTests(ControlPlaneWatchTests.Servers servers) : IClassFixture<ControlPlaneWatchTests.Servers>
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";
    private const string Definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

    private static readonly WatchQuery Changes = new() { Kinds = ["cm"], Namespaces = ["default"], ChangesOnly = true };

    [Fact]
    public async Task Changes_of_two_servers_come_with_what_they_changed()
    {
        await using var session = await SelectAsync();
        await using var watch = await new TestWatch(session, Changes with { LabelSelector = "test=changes" }).ConnectedAsync(2);
        foreach (var cluster in session.Pool.Selected)
        {
            await SendAsync(cluster.Connection!, HttpMethod.Post, ConfigMaps, ConfigMap("a", "1", "changes"));
            await SendAsync(cluster.Connection!, HttpMethod.Put, $"{ConfigMaps}/a", ConfigMap("a", "2", "changes"));
            await SendAsync(cluster.Connection!, HttpMethod.Put, $"{ConfigMaps}/a", ConfigMap("a", "3", "other"));
            await SendAsync(cluster.Connection!, HttpMethod.Put, $"{ConfigMaps}/a", ConfigMap("a", "4", "changes"));
            await SendAsync(cluster.Connection!, HttpMethod.Delete, $"{ConfigMaps}/a");
        }

        await watch.UntilAsync(() => watch.Events.Count() == 10, "all events of both");
        foreach (var events in watch.Events.GroupBy(happened => happened.ClusterName))
        {
            Assert.Equal(
                [WatchEventType.Added, WatchEventType.Modified, WatchEventType.Deleted, WatchEventType.Added, WatchEventType.Deleted],
                events.Select(happened => happened.Type));
            Assert.Equal(["data.value"], events.ElementAt(1).Changed);
        }
    }

    [Fact]
    public async Task Metadata_and_custom_resources_are_watched_and_a_kind_that_is_deleted_and_created_joins_again()
    {
        await using var session = await SelectAsync(1);
        var connection = session.Pool.Selected[0].Connection!;
        await using var metadata = await new TestWatch(session, Changes with { LabelSelector = "test=metadata", MetadataOnly = true }).ConnectedAsync();
        await SendAsync(connection, HttpMethod.Post, ConfigMaps, ConfigMap("m", "1", "metadata"));
        await metadata.ChangesAsync("Added m");
        Assert.DoesNotContain("\"data\"", metadata.Events.Last().Object.ToJson(), StringComparison.Ordinal);

        await SendAsync(connection, HttpMethod.Post, Definitions, Definition);
        await PersistAsync(() => SendAsync(connection, HttpMethod.Post, "/apis/example.com/v1/gadgets", Gadget("g1", "red")));
        await using var watch = await new TestWatch(session, new WatchQuery { Kinds = ["gadgets"] }).ConnectedAsync();
        Assert.Equal("red", Assert.Single(watch.Events).Object.Columns["Color"]);
        await SendAsync(connection, HttpMethod.Post, "/apis/example.com/v1/gadgets", Gadget("g2", "green"));
        await watch.ChangesAsync("Added g2");
        Assert.Equal("green", watch.Events.Last().Object.Columns["Color"]);

        await SendAsync(connection, HttpMethod.Delete, $"{Definitions}/gadgets.example.com");
        await watch.UntilAsync(() => watch.Has(WatchNoticeType.Stopped), "the loss is told");
        Assert.Equal(["Added g2", "Deleted g1", "Deleted g2"], watch.Changes.Order());
        await PersistAsync(() => SendAsync(connection, HttpMethod.Post, Definitions, Definition));
        await PersistAsync(() => SendAsync(connection, HttpMethod.Post, "/apis/example.com/v1/gadgets", Gadget("g3", "blue")));
        await watch.UntilAsync(() => watch.Changes.Last() == "Added g3", "the new kind is watched");
    }

    [Fact]
    public async Task A_server_that_is_killed_and_started_again_is_resumed_and_nothing_is_missing()
    {
        await using var session = await SelectAsync();
        var (stopped, other) = (session.Pool.Selected[0], session.Pool.Selected[1]);
        await using var watch = await new TestWatch(session, Changes with { LabelSelector = "test=restart" }).ConnectedAsync(2);
        await SendAsync(stopped.Connection!, HttpMethod.Post, ConfigMaps, ConfigMap("before", "1", "restart"));
        await watch.ChangesAsync("Added before");
        var server = new ControlPlaneServer(stopped.Kubeconfig);
        await server.StopAsync();
        await watch.UntilAsync(() => watch.Has(WatchNoticeType.Interrupted, stopped.ClusterName), "the break is told");
        await SendAsync(other.Connection!, HttpMethod.Post, ConfigMaps, ConfigMap("meanwhile", "1", "restart"));
        await watch.ChangesAsync("Added before", "Added meanwhile");
        server.StartAgain();
        await TestSession.UntilAsync(
            () =>
            {
                watch.ReadAll();
                return watch.Has(WatchNoticeType.Resumed, stopped.ClusterName);
            },
            "the watch goes on",
            TimeSpan.FromSeconds(90));
        await PersistAsync(() => SendAsync(stopped.Connection!, HttpMethod.Post, ConfigMaps, ConfigMap("after", "1", "restart")));
        await watch.UntilAsync(() => watch.Changes.Last() == "Added after", "it brings changes");
        Assert.Equal(["Added before", "Added meanwhile", "Added after"], watch.Changes);
        Assert.Equal(0, watch.Count(WatchNoticeType.Interrupted, other.ClusterName));
    }

    [Fact]
    public async Task A_kind_that_no_server_lets_watch_is_a_fault()
    {
        await using var session = await SelectAsync();
        await using var watch = new TestWatch(session, new WatchQuery { Kinds = ["componentstatuses"] });
        await watch.EndAsync();
        Assert.All(watch.Faults, fault => Assert.Equal(FaultPhase.Invalid, fault.Phase));
        Assert.Equal(2, watch.Faults.Count());
    }

    [Fact]
    public async Task A_user_without_rights_gets_the_servers_words()
    {
        await using var session = await SelectAsync(kubeconfig: "limited.kubeconfig");
        await using var watch = new TestWatch(session, new WatchQuery { Kinds = ["pods"], AllNamespaces = true });
        await watch.EndAsync();
        Assert.Equal(2, watch.Faults.Count());
        Assert.All(watch.Faults, fault => Assert.Contains("User \"limited\" cannot list resource \"pods\"", fault.Detail, StringComparison.Ordinal));
    }

    private const string Definition = """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"gadgets.example.com"},"spec":{"group":"example.com","scope":"Cluster",
         "names":{"kind":"Gadget","plural":"gadgets","singular":"gadget"},"versions":[{"name":"v1","served":true,"storage":true,
         "schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}},
         "additionalPrinterColumns":[{"name":"Color","type":"string","jsonPath":".spec.color"}]}]}}
        """;

    private static string Gadget(string name, string color) =>
        $$$"""{"apiVersion":"example.com/v1","kind":"Gadget","metadata":{"name":"{{{name}}}"},"spec":{"color":"{{{color}}}"} }""";

    private static string ConfigMap(string name, string value, string test) =>
        $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}","labels":{"test":"{{{test}}}"} },"data":{"value":"{{{value}}}"} }""";

    private async Task<TestSession> SelectAsync(int count = 2, string kubeconfig = "admin.kubeconfig")
    {
        Assert.SkipWhen(ControlPlane.Missing is not null, ControlPlane.Missing ?? "");
        var session = TestSession.Offline("nothing");
        await session.Pool.SelectAsync(new SelectionRequest { All = true, Kubeconfig = [.. servers.Kubeconfigs(kubeconfig).Take(count)] });
        return session;
    }

    internal static Task SendAsync(ClusterConnection connection, HttpMethod method, string path, string? body = null) =>
        connection.Session.Client.GetBytesAsync(
            new ApiRequest(method, path) { Kind = RequestKind.Write, Body = body is null ? null : Encoding.UTF8.GetBytes(body) },
            TestContext.Current.CancellationToken);

    /// <summary>Repeats what a server does not do yet, or no more.</summary>
    internal static async Task PersistAsync(Func<Task> attempt)
    {
        FaultException? last = null;
        for (var i = 0; i < 200; i++)
        {
            try
            {
                await attempt();
                return;
            }
            catch (FaultException e)
            {
                last = e;
                await Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
            }
        }

        throw last!;
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
