using System.IO.Compression;
using System.Text;
using MultiCluster.Faults;
using MultiCluster.Http;

namespace MultiCluster.Tests.Http;

public sealed class AnswerTests : ApiClientTests
{
    [Fact]
    public async Task A_request_bears_path_prefix_token_accept_and_agent()
    {
        await using var server = new WireServer(WireServer.Always(200, """{"kind":"PodList"}"""));
        Credential.Tokens.Enqueue("t0ken");
        var client = NewClient($"{server.Url}/k8s/clusters/c-1/");

        var bytes = await client.GetBytesAsync(Pods with { PathAndQuery = "/api/v1/pods?limit=500&labelSelector=a%3Db" }, Cancelled);

        Assert.Equal("""{"kind":"PodList"}""", Encoding.UTF8.GetString(bytes));
        var head = server.Requests.Single();
        Assert.StartsWith("GET /k8s/clusters/c-1/api/v1/pods?limit=500&labelSelector=a%3Db HTTP/1.1", head, StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer t0ken", head, StringComparison.Ordinal);
        Assert.Contains("Accept: application/json", head, StringComparison.Ordinal);
        Assert.Contains("User-Agent: multicluster/", head, StringComparison.Ordinal);
        Assert.DoesNotContain("Accept-Encoding", head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_write_sends_its_body_and_content_type()
    {
        var body = "";
        await using var server = new WireServer(exchange =>
        {
            body = exchange.Body;
            return exchange.AnswerAsync(201);
        });
        var request = new ApiRequest(HttpMethod.Patch, "/api/v1/nodes/n") { Kind = RequestKind.Write, Body = "{\"a\":1}"u8.ToArray(), ContentType = "application/merge-patch+json" };

        await using var response = await NewClient(server).SendAsync(request, null, Cancelled);

        Assert.Equal(201, response.Status);
        Assert.Equal("{\"a\":1}", body);
        Assert.Contains("Content-Type: application/merge-patch+json", server.Requests.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warnings_audit_id_and_content_type_are_handed_on()
    {
        await using var server = new WireServer(WireServer.Always(
            200, "{}", "Warning: 299 - \"v1beta1 \\\"X\\\" is deprecated\"\r\nAudit-Id: 4711\r\nRetry-After: 3\r\n", "application/json;v=1"));

        await using var response = await NewClient(server).SendAsync(Pods, null, Cancelled);

        Assert.Equal("v1beta1 \"X\" is deprecated", Assert.Single(response.Warnings));
        Assert.Equal("4711", response.AuditId);
        Assert.Equal("application/json; v=1", response.ContentType);
        Assert.Equal(TimeSpan.FromSeconds(3), response.RetryAfter);
    }

    [Fact]
    public async Task A_small_answer_is_bounded()
    {
        await using var server = new WireServer(WireServer.Always(200, new string(' ', 5000)));
        var client = NewClient(server);

        var fault = (await Assert.ThrowsAsync<FaultException>(() => client.ReadAsync(Pods, null, 4096, Cancelled))).Fault;

        Assert.Equal(FaultPhase.Decode, fault.Phase);
        Assert.Equal("test: cannot list pods: the answer is longer than 4096 bytes.", fault.Message);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Gzip_is_asked_for_on_demand_unless_the_kubeconfig_disables_it(bool disabled, bool asked)
    {
        await using var server = new WireServer(WireServer.Always(200));
        var client = NewClient(server.Url, cluster => cluster with { DisableCompression = disabled });

        await client.GetBytesAsync(Pods with { Compress = true }, Cancelled);

        Assert.Equal(asked, server.Requests.Single().Contains("Accept-Encoding: gzip", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_gzip_answer_is_unpacked()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
            await gzip.WriteAsync("{\"kind\":\"PodList\"}"u8.ToArray(), Cancelled);
        await using var server = new WireServer(async exchange =>
        {
            await exchange.SendAsync($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n");
            await exchange.SendBytesAsync(packed.ToArray());
        });

        var bytes = await NewClient(server).GetBytesAsync(Pods with { Compress = true }, Cancelled);

        Assert.Equal("{\"kind\":\"PodList\"}", Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public async Task An_html_page_in_place_of_json_is_named_by_its_title()
    {
        await using var server = new WireServer(WireServer.Always(200, "<html><head><title>Sign in\r\n to &quot;Corp&quot;</title></head></html>", contentType: "text/html"));

        var fault = await FaultOfAsync(NewClient(server));

        Assert.Equal(FaultPhase.Decode, fault.Phase);
        Assert.Equal("answered with an HTML page \"Sign in to 'Corp'\" (a proxy or a login page?)", fault.Detail);
    }

    [Fact]
    public async Task Another_content_type_than_json_is_a_fault_of_a_json_request_only()
    {
        await using var server = new WireServer(WireServer.Always(200, "ok", contentType: "text/plain"));
        var client = NewClient(server);

        Assert.Equal("answered with text/plain in place of JSON", (await FaultOfAsync(client)).Detail);
        Assert.Equal("ok"u8.ToArray(), await client.GetBytesAsync(Pods with { Accept = "*/*" }, Cancelled));
        Assert.Equal("ok"u8.ToArray(), await client.GetBytesAsync(Pods with { Kind = RequestKind.Probe }, Cancelled));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var server = new WireServer(WireServer.Always(302, "", "Location: https://login.example.com/start?state=secret\r\n"));
        Credential.Tokens.Enqueue("t0ken");

        var fault = await FaultOfAsync(NewClient(server));

        Assert.Equal(FaultPhase.Decode, fault.Phase);
        Assert.Equal("answered with a redirect to https://login.example.com (a proxy or a login page?)", fault.Detail);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task The_observer_sees_each_attempt_and_no_secret()
    {
        await using var server = new WireServer(exchange => exchange.AnswerAsync(exchange.Number == 1 ? 503 : 200));
        Credential.Tokens.Enqueue("t0ken");
        var traces = new List<ApiTrace>();

        await NewClient(server, options => options with { Random = () => 0 }).GetBytesAsync(Pods with { Observer = traces.Add }, Cancelled);

        Assert.Equal([(1, 503), (2, 200)], traces.Select(trace => (trace.Attempt, trace.Status!.Value)));
        Assert.Equal($"{server.Url}/api/v1/pods", traces[0].Url);
        Assert.Contains("Authorization: Bearer ***", traces[0].RequestHeaders);
        Assert.DoesNotContain(traces, trace => trace.ToString().Contains("t0ken", StringComparison.Ordinal) || trace.RequestHeaders.Any(h => h.Contains("t0ken", StringComparison.Ordinal)));
    }
}
