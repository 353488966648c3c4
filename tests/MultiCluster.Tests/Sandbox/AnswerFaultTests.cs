using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MultiCluster.Tests.Sandbox;

public sealed class AnswerFaultTests
{
    private const string Path = "/api/v1/namespaces";

    public static TheoryData<string, int, string> Statuses => new()
    {
        { "401", 401, "Unauthorized" },
        { "403", 403, "Forbidden" },
        { "409", 409, "Conflict" },
        { "429", 429, "TooManyRequests" },
        { "500", 500, "InternalError" },
        { "503", 503, "ServiceUnavailable" },
    };

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task A_status_fault_answers_with_a_Status(string which, int code, string reason)
    {
        await using var one = await OneCluster.StartAsync();
        one.Cluster.Faults.Add(which switch
        {
            "401" => ClusterFault.Unauthorized(),
            "403" => ClusterFault.Forbidden(),
            "409" => ClusterFault.Conflict(),
            "429" => ClusterFault.Throttle(),
            "500" => ClusterFault.InternalError(),
            _ => ClusterFault.Unavailable(),
        });
        var status = await one.Client.FailAsync(code, Path);
        Assert.Equal("Status", status["kind"]!.ToString());
        Assert.Equal(reason, status["reason"]!.ToString());
        Assert.Equal(code, Assert.Single(one.Cluster.Requests.All).Status);
    }

    [Fact]
    public async Task A_throttle_says_when_to_come_again_if_told_so()
    {
        await using var one = await OneCluster.StartAsync();
        one.Cluster.Faults.Add(ClusterFault.Throttle(TimeSpan.FromSeconds(7)));
        using var response = await one.Client.SendAsync(HttpMethod.Get, Path);
        Assert.Equal(TimeSpan.FromSeconds(7), response.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task A_fault_can_be_for_some_requests_only()
    {
        await using var one = await OneCluster.StartAsync();
        one.Cluster.Faults.Add(ClusterFault.Forbidden().When(r => r is { Verb: "list", Resource: "secrets" }));
        await one.Client.GetAsync(Path);
        var status = await one.Client.FailAsync(403, "/api/v1/secrets");
        Assert.Equal("secrets is forbidden: User \"admin\" cannot list resource \"secrets\" in API group \"\" at the cluster scope", status["message"]!.ToString());
    }

    [Fact]
    public async Task A_fault_can_be_for_the_next_requests_only()
    {
        await using var one = await OneCluster.StartAsync();
        one.Cluster.Faults.Add(ClusterFault.Unavailable().Times(2));
        await one.Client.FailAsync(503, Path);
        await one.Client.FailAsync(503, Path);
        await one.Client.GetAsync(Path);
    }

    [Fact]
    public async Task Faults_act_together_until_they_are_removed()
    {
        await using var one = await OneCluster.StartAsync();
        var skew = one.Cluster.Faults.Add(ClusterFault.ClockSkew(TimeSpan.FromHours(-2)));
        one.Cluster.Faults.Add(ClusterFault.InternalError());
        using (var response = await one.Client.SendAsync(HttpMethod.Get, Path))
        {
            Assert.Equal(500, (int)response.StatusCode);
            Assert.InRange(response.Headers.Date!.Value, TimeProvider.System.GetUtcNow().AddHours(-2.1), TimeProvider.System.GetUtcNow().AddHours(-1.9));
        }
        skew.Dispose();
        one.Cluster.Faults.Clear();
        using var healthy = await one.Client.SendAsync(HttpMethod.Get, Path);
        Assert.Equal(200, (int)healthy.StatusCode);
        Assert.True(healthy.Headers.Date > TimeProvider.System.GetUtcNow().AddMinutes(-5));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(502)]
    public async Task A_proxy_answers_with_a_page(int code)
    {
        await using var one = await OneCluster.StartAsync();
        one.Cluster.Faults.Add(ClusterFault.ProxyPage(code));
        using var response = await one.Client.SendAsync(HttpMethod.Get, Path);
        Assert.Equal(code, (int)response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("<html>", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_content_type_is_announced()
    {
        await using var one = await OneCluster.StartAsync();
        one.Cluster.Faults.Add(ClusterFault.ContentType("text/plain"));
        using var response = await one.Client.SendAsync(HttpMethod.Get, Path);
        Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_truncated_body_ends_as_if_it_were_whole()
    {
        await using var one = await OneCluster.StartAsync();
        one.Cluster.Faults.Add(ClusterFault.Truncate(60));
        using var response = await one.Client.SendAsync(HttpMethod.Get, Path);
        Assert.Equal(60, (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task A_malformed_body_is_no_json()
    {
        await using var one = await OneCluster.StartAsync();
        one.Cluster.Faults.Add(ClusterFault.MalformedJson());
        using var response = await one.Client.SendAsync(HttpMethod.Get, Path);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(body.Length > 100);
        Assert.ThrowsAny<JsonException>(() => JsonNode.Parse(body));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_breaks_off_is_an_error_of_the_connection(bool reset)
    {
        await using var one = await OneCluster.StartAsync();
        one.Cluster.Faults.Add(reset ? ClusterFault.ResetAfter(60) : ClusterFault.WrongContentLength(60));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => one.Client.GetAsync(Path));
    }

    [Fact]
    public async Task A_slow_cluster_answers_after_its_latency()
    {
        await using var one = await OneCluster.StartAsync();
        await one.Client.GetAsync(Path);
        one.Cluster.Faults.Add(ClusterFault.Latency(TimeSpan.FromMilliseconds(200)));
        var start = Stopwatch.GetTimestamp();
        await one.Client.GetAsync(Path);
        Assert.True(Stopwatch.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(190));
    }

    [Fact]
    public async Task A_trickle_brings_the_whole_body_in_the_end()
    {
        await using var one = await OneCluster.StartAsync();
        var expected = (await one.Client.GetAsync(Path)).ToJsonString();
        one.Cluster.Faults.Add(ClusterFault.Trickle(100, TimeSpan.FromMilliseconds(1)));
        Assert.Equal(expected, (await one.Client.GetAsync(Path)).ToJsonString());
    }

    [Fact]
    public async Task A_missing_kind_is_neither_served_nor_discovered()
    {
        await using var one = await OneCluster.StartAsync();
        var fault = one.Cluster.Faults.Add(ClusterFault.MissingKind("widgets.example.com"));
        using (var response = await one.Client.SendAsync(HttpMethod.Get, "/apis/example.com/v1/widgets")) Assert.Equal(404, (int)response.StatusCode);
        Assert.DoesNotContain("example.com", Groups(await one.Client.GetAsync("/apis")));
        fault.Dispose();
        await one.Client.GetAsync("/apis/example.com/v1/widgets");
    }

    [Fact]
    public async Task A_continue_token_can_expire_at_any_time()
    {
        await using var one = await OneCluster.StartAsync();
        var token = (await one.Client.GetAsync($"{Path}?limit=2"))["metadata"]!["continue"]!.ToString();
        one.Cluster.Faults.Add(ClusterFault.ExpiredContinue());
        var status = await one.Client.FailAsync(410, $"{Path}?limit=2&continue={token}");
        var rest = await one.Client.GetAsync($"{Path}?continue={status["metadata"]!["continue"]}");
        Assert.Equal(one.Cluster.Store.Count("namespaces") - 2, rest["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_broken_group_is_announced_and_does_not_serve()
    {
        await using var one = await OneCluster.StartAsync();
        one.Cluster.Faults.Add(ClusterFault.BrokenGroup("metrics.k8s.io/v1beta1"));
        Assert.Contains("metrics.k8s.io", Groups(await one.Client.GetAsync("/apis")));
        using var response = await one.Client.SendAsync(HttpMethod.Get, "/apis/metrics.k8s.io/v1beta1");
        Assert.Equal(503, (int)response.StatusCode);
        await one.Client.GetAsync("/apis/apps/v1");
    }

    [Fact]
    public async Task Huge_objects_come_and_go_with_their_fault()
    {
        await using var one = await OneCluster.StartAsync();
        using (one.Cluster.Faults.Add(ClusterFault.HugeObjects(2)))
        {
            var huge = await one.Client.GetAsync("/api/v1/namespaces/default/configmaps/huge-2");
            Assert.Equal(1_000_000, huge["data"]!["blob"]!.ToString().Length);
        }
        await one.Client.FailAsync(404, "/api/v1/namespaces/default/configmaps/huge-2");
    }

    private static List<string> Groups(JsonNode list) => [.. list["groups"]!.AsArray().Select(g => g!["name"]!.ToString())];
}
