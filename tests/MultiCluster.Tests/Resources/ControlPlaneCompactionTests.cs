using MultiCluster.Api.Watches;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Resources;
using MultiCluster.Tests.Support;
using static MultiCluster.Tests.Resources.ControlPlaneWatchTests;

namespace MultiCluster.Tests.Resources;

/// <summary>A real API server that forgets versions after seconds, and watches its etcd without a cache.</summary>
[Trait("Category", "ControlPlane")]
public sealed class ControlPlaneCompactionTests
{
    private const string Path = "/api/v1/namespaces/default/configmaps";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_version_that_was_compacted_away_is_answered_by_differences()
    {
        Assert.SkipWhen(ControlPlane.Missing is not null, ControlPlane.Missing ?? "");
        await using var servers = await ControlPlane.StartAsync(extraFlags: "--watch-cache=false --etcd-compaction-interval=5s", cancellationToken: Cancelled);
        await using var direct = TestSession.Offline("nothing");
        var kubeconfig = await File.ReadAllTextAsync(servers.Kubeconfigs[0], Cancelled);
        var connection = (await direct.Pool.SelectAsync(new SelectionRequest { All = true, Kubeconfig = servers.Kubeconfigs }, TestContext.Current.CancellationToken)).Clusters[0].Connection!;
        await using var relay = new BreakableRelay(connection.Session.Client.Server);
        await using var relayed = TestSession.Offline("nothing");
        relayed.Folder.Write("relayed.yaml", kubeconfig.Replace(connection.Session.Client.Server.Authority, relay.Address.Authority, StringComparison.Ordinal));
        await relayed.Pool.SelectAsync(new SelectionRequest { All = true, Kubeconfig = [relayed.Folder["relayed.yaml"]] }, TestContext.Current.CancellationToken);

        foreach (var name in new[] { "same", "changed", "gone", "recreated" })
            await SendAsync(connection, HttpMethod.Post, Path, Body(name, "1"));
        await using var watch = await new TestWatch(relayed, new WatchQuery { Kinds = ["cm"], Namespaces = ["default"], LabelSelector = "test=yes", ChangesOnly = true }).ConnectedAsync();
        await SendAsync(connection, HttpMethod.Post, Path, Body("seen", "1"));
        await watch.ChangesAsync("Added seen");

        relay.Break();
        await SendAsync(connection, HttpMethod.Put, $"{Path}/changed", Body("changed", "2"));
        await SendAsync(connection, HttpMethod.Delete, $"{Path}/gone");
        await SendAsync(connection, HttpMethod.Delete, $"{Path}/recreated");
        await SendAsync(connection, HttpMethod.Post, Path, Body("recreated", "2"));
        await SendAsync(connection, HttpMethod.Post, Path, Body("new", "1"));
        await ForgottenAsync(connection, watch.Events.Last().Object.ResourceVersion!);
        relay.Mend();
        await TestSession.UntilAsync(
            () =>
            {
                watch.ReadAll();
                return watch.Has(WatchNoticeType.Resumed) && watch.Has(WatchNoticeType.Relisted);
            },
            "the watch goes on",
            TimeSpan.FromSeconds(90));
        Assert.Equal(["Added new", "Added recreated", "Added seen", "Deleted gone", "Deleted recreated", "Modified changed"], watch.Changes.Order());
        Assert.Equal(5, watch.Notices.Single(notice => notice.Type == WatchNoticeType.Relisted).Count);
        Assert.True(watch.Has(WatchNoticeType.Gap));
        await SendAsync(connection, HttpMethod.Post, Path, Body("later", "1"));
        await watch.UntilAsync(() => watch.Changes.Last() == "Added later", "it brings changes");
    }

    /// <summary>Waits until the server no longer has a version; it forgets one after two intervals.</summary>
    private static async Task ForgottenAsync(ClusterConnection connection, string version)
    {
        for (var i = 0; i < 60; i++)
        {
            var request = new ApiRequest(HttpMethod.Get, $"{Path}?watch=true&timeoutSeconds=1&resourceVersion={version}");
            try
            {
                var answer = await connection.Session.Client.GetBytesAsync(request, Cancelled);
                if (System.Text.Encoding.UTF8.GetString(answer).Contains("\"code\":410", StringComparison.Ordinal))
                    return;
            }
            catch (FaultException e) when (e.Fault.HttpStatus == 410)
            {
                return;
            }
        }

        Assert.Fail("The server still has the version.");
    }

    private static string Body(string name, string value) =>
        $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}","labels":{"test":"yes"} },"data":{"value":"{{{value}}}"} }""";
}
