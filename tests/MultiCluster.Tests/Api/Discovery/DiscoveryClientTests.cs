using MultiCluster.Api.Discovery;
using MultiCluster.Faults;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Api.Discovery;

public sealed class DiscoveryClientTests
{
    private readonly TestClock _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("v2")]
    [InlineData("v2beta1")]
    public async Task An_aggregated_server_is_asked_twice(string version)
    {
        var server = RecordedDiscovery.Of(Recordings.Aggregated(version));

        var snapshot = await FetchAsync(server);

        Assert.Equal(["/api", "/apis"], server.Requests.Order());
        Assert.Equal(
            ["events", "nodes", "pods", "deployments.apps", "events.events.k8s.io", "horizontalpodautoscalers.autoscaling",
                "horizontalpodautoscalers.autoscaling", "ingresses.networking.k8s.io", "clusters.cluster.x-k8s.io",
                "clusters.postgresql.cnpg.io", "pods.metrics.k8s.io"],
            snapshot.Kinds.Select(kind => kind.Resource));
        Assert.Equal(_time.GetUtcNow(), snapshot.FetchedAt);
    }

    [Fact]
    public async Task The_newest_form_is_asked_for_first()
    {
        string? asked = null;
        var server = RecordedDiscovery.Of(Recordings.Aggregated());
        server.Answer("/api", (accept, _) =>
        {
            asked = accept;
            return Task.FromResult(RecordedDiscovery.Text(Recordings.Aggregated()["/api"]));
        });

        await FetchAsync(server);

        Assert.Equal(
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
            + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json",
            asked);
    }

    [Fact]
    public async Task A_kind_has_all_that_the_server_says_of_it()
    {
        var snapshot = await FetchAsync(RecordedDiscovery.Of(Recordings.Aggregated()));

        var pod = snapshot.Kinds.Single(kind => kind.Resource == "pods");
        Assert.Equal(("", "v1", "Pod", "pod", true), (pod.Group, pod.Version, pod.Kind, pod.Singular, pod.Namespaced));
        Assert.Equal(["po"], pod.ShortNames);
        Assert.Equal(["all"], pod.Categories);
        Assert.Equal(["create", "get", "list", "watch"], pod.Verbs);
        Assert.Equal(["log", "eviction"], pod.Subresources);
        Assert.False(snapshot.Kinds.Single(kind => kind.Resource == "nodes").Namespaced);
    }

    [Fact]
    public async Task The_order_of_members_and_unknown_members_do_not_matter()
    {
        var server = RecordedDiscovery.Of(Recordings.Aggregated()).Answer("/apis", """
            {"kind":"APIGroupDiscoveryList","new":{"items":[1]},"items":[{"versions":[
              {"freshness":"Stale","resources":[{"verbs":["get"],"new":[{}],"scope":"Cluster","responseKind":{"kind":"Thing"},"resource":"things","subresources":null},7],"version":"v1"}],
              "metadata":{"labels":{"name":"x"},"name":"example.com"}},null]}
            """);

        var snapshot = await FetchAsync(server);

        Assert.Equal("example.com/v1 Thing", snapshot.Kinds[^1].ToString());
        Assert.Equal("example.com/v1", Assert.Single(snapshot.Notices).GroupVersion);
    }

    [Fact]
    public async Task A_stale_group_is_noted_and_keeps_its_kinds()
    {
        var snapshot = await FetchAsync(RecordedDiscovery.Of(Recordings.Aggregated()));

        Assert.Equal("metrics.k8s.io/v1beta1", Assert.Single(snapshot.Notices).GroupVersion);
        Assert.Contains(snapshot.Kinds, kind => kind.Kind == "PodMetrics");
    }

    [Fact]
    public async Task A_server_without_aggregated_discovery_is_asked_per_group_version()
    {
        var server = RecordedDiscovery.Of(Recordings.Legacy());

        var snapshot = await FetchAsync(server);

        Assert.Equal(Recordings.Legacy().Keys.Order(), server.Requests.Order());
        Assert.Equal(
            ["v1 Event", "v1 Pod", "extensions/v1beta1 Ingress", "apps/v1 Deployment", "batch/v1 Job", "batch/v1beta1 CronJob",
                "networking.k8s.io/v1 Ingress", "example.com/v1 Widget", "example.com/v2alpha1 Widget"],
            snapshot.Kinds.Select(kind => kind.ToString()));
        Assert.Empty(snapshot.Notices);
    }

    [Fact]
    public async Task Subresources_of_a_legacy_server_are_no_kinds()
    {
        var snapshot = await FetchAsync(RecordedDiscovery.Of(Recordings.Legacy()));

        var pod = snapshot.Kinds.Single(kind => kind.Kind == "Pod");
        Assert.Equal(["eviction", "log"], pod.Subresources);
        Assert.Equal("pod", pod.Singular);
        Assert.DoesNotContain(snapshot.Kinds, kind => kind.Plural.Contains('/', StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_broken_group_is_a_notice()
    {
        var server = RecordedDiscovery.Of(Recordings.Legacy())
            .Fail("/apis/example.com/v1", FaultPhase.Server, 503, "503 Service Unavailable")
            .Answer("/apis/batch/v1", "<html>busy</html>", "text/html")
            .Answer("/apis/batch/v1beta1", """{"kind":"APIResourceList","resources":[{"name":"cron""")
            .Fail("/apis/apps/v1", FaultPhase.NotFound, 404, "404 page not found");

        var snapshot = await FetchAsync(server);

        Assert.Equal(
            ["apps/v1", "batch/v1", "batch/v1beta1", "example.com/v1"],
            snapshot.Notices.Select(notice => notice.GroupVersion));
        Assert.Contains("text/html", snapshot.Notices[1].Detail, StringComparison.Ordinal);
        Assert.Equal(5, snapshot.Kinds.Count);
    }

    [Fact]
    public async Task A_group_that_hangs_is_given_up_after_ten_seconds()
    {
        var server = RecordedDiscovery.Of(Recordings.Legacy());
        server.Answer("/apis/example.com/v1", async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return default;
        });

        var fetch = FetchAsync(server);
        await _time.WhenTimersAsync(1, Cancellation);
        _time.Advance(TimeSpan.FromSeconds(10));
        var snapshot = await fetch;

        Assert.Equal("example.com/v1: no answer within 10 s", Assert.Single(snapshot.Notices).ToString());
        Assert.Contains(snapshot.Kinds, kind => kind.ApiVersion == "example.com/v2alpha1");
    }

    [Fact]
    public async Task At_most_eight_group_versions_are_asked_at_once()
    {
        var names = Enumerable.Range(0, 40).Select(i => $"g{i}.example.com").ToList();
        var groups = names.Select(name => $$$"""{"name":"{{{name}}}","versions":[{"version":"v1"}],"preferredVersion":{"version":"v1"}}""");
        var server = RecordedDiscovery.Of(Recordings.Aggregated())
            .Answer("/apis", $$"""{"kind":"APIGroupList","groups":[{{string.Join(',', groups)}}]}""");
        foreach (var name in names)
        {
            server.Answer($"/apis/{name}/v1", async (_, _) =>
            {
                await Task.Yield();
                return RecordedDiscovery.Text(Recordings.List($"{name}/v1", """{"name":"things","kind":"Thing"}"""));
            });
        }

        var snapshot = await FetchAsync(server);

        Assert.Equal(names, snapshot.Kinds.Where(kind => kind.Kind == "Thing").Select(kind => kind.Group));
        Assert.InRange(server.MostRunning, 1, 8);
    }

    [Fact]
    public async Task A_front_end_without_negotiation_is_asked_for_plain_documents()
    {
        var server = RecordedDiscovery.Of(Recordings.Legacy());
        foreach (var path in (string[])["/api", "/apis"])
        {
            server.Answer(path, (accept, _) => accept == "application/json"
                ? Task.FromResult(RecordedDiscovery.Text(Recordings.Legacy()[path]))
                : throw new FaultException(new Fault { Phase = FaultPhase.Invalid, HttpStatus = 406, Detail = "406 Not Acceptable" }));
        }

        Assert.Equal(9, (await FetchAsync(server)).Kinds.Count);
    }

    [Fact]
    public async Task Half_an_api_is_better_than_none()
    {
        var server = RecordedDiscovery.Of(Recordings.Aggregated()).Fail("/apis", FaultPhase.Server, 503, "503 Service Unavailable");

        var snapshot = await FetchAsync(server);

        Assert.Equal(3, snapshot.Kinds.Count);
        Assert.Equal(FaultPhase.Server, snapshot.Failure!.Phase);
        Assert.Equal("/apis: 503 Service Unavailable", Assert.Single(snapshot.Notices).ToString());
    }

    [Fact]
    public async Task When_all_fails_the_fault_is_the_servers()
    {
        var server = new RecordedDiscovery()
            .Fail("/api", FaultPhase.Unauthorized, 401, "Unauthorized")
            .Fail("/apis", FaultPhase.Unauthorized, 401, "Unauthorized");

        var error = await Assert.ThrowsAsync<FaultException>(() => FetchAsync(server));

        Assert.Equal(FaultPhase.Unauthorized, error.Fault.Phase);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1,2]")]
    [InlineData("<html></html>")]
    [InlineData("""{"kind":"APIGroupDiscoveryList","items":[{"metadata":{"name":"a"},"versions":[{"version":"v1","resources":[{"resource":"x\""")]
    public async Task What_is_no_discovery_is_a_decode_fault(string body)
    {
        var server = new RecordedDiscovery().Answer("/api", body, "text/plain").Answer("/apis", body, "text/plain");

        var error = await Assert.ThrowsAsync<FaultException>(() => FetchAsync(server));

        Assert.Equal(FaultPhase.Decode, error.Fault.Phase);
        Assert.StartsWith("the answer to GET /api is no discovery document (text/plain", error.Fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_ends_discovery()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var server = RecordedDiscovery.Of(Recordings.Legacy());
        server.Answer("/apis/example.com/v1", async (_, cancellationToken) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return default;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new DiscoveryClient(server, _time).FetchAsync(stop.Token));
    }

    private Task<DiscoverySnapshot> FetchAsync(RecordedDiscovery server) => new DiscoveryClient(server, _time).FetchAsync(Cancellation);
}
