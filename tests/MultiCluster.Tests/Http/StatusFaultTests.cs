using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Tests.Http;

public sealed class StatusFaultTests : ApiClientTests
{
    [Theory]
    [InlineData(400, FaultPhase.Invalid)]
    [InlineData(401, FaultPhase.Unauthorized)]
    [InlineData(403, FaultPhase.Forbidden)]
    [InlineData(404, FaultPhase.NotFound)]
    [InlineData(405, FaultPhase.Invalid)]
    [InlineData(406, FaultPhase.Invalid)]
    [InlineData(407, FaultPhase.Connect)]
    [InlineData(409, FaultPhase.Conflict)]
    [InlineData(410, FaultPhase.Invalid)]
    [InlineData(415, FaultPhase.Invalid)]
    [InlineData(422, FaultPhase.Invalid)]
    [InlineData(429, FaultPhase.Throttled)]
    [InlineData(500, FaultPhase.Server)]
    [InlineData(503, FaultPhase.Server)]
    [InlineData(504, FaultPhase.Server)]
    public void Each_status_has_its_phase_and_advice(int status, FaultPhase phase)
    {
        var fault = StatusFaults.Of(status, null, "application/json", Status("Because", "it is so"), null, null);

        Assert.Equal(phase, fault.Phase);
        Assert.Equal(status, fault.HttpStatus);
        Assert.Equal("Because", fault.Reason);
        Assert.Equal("Because (it is so)", fault.Detail);
        Assert.NotEmpty(fault.Advice!);
    }

    [Fact]
    public async Task A_refusal_reads_as_one_sentence()
    {
        var body = Status("Forbidden", @"pods is forbidden: User \""jane\"" cannot list resource \""pods\"" in API group \""\"" in the namespace \""web\""");
        await using var server = new WireServer(WireServer.Always(403, body));

        var fault = await FaultOfAsync(NewClient(server), Pods with { Operation = "list pods in namespace web" });

        Assert.Equal(
            "test: cannot list pods in namespace web: Forbidden (User \"jane\" cannot list resource \"pods\" in API group \"\" in the namespace \"web\").",
            fault.Message);
    }

    [Fact]
    public async Task An_expired_continue_token_keeps_its_reason()
    {
        await using var server = new WireServer(WireServer.Always(410, Status("Expired", "The provided continue parameter is too old")));

        var fault = await FaultOfAsync(NewClient(server));

        Assert.Equal((FaultPhase.Invalid, 410, "Expired"), (fault.Phase, fault.HttpStatus!.Value, fault.Reason));
    }

    [Theory]
    [InlineData("404 page not found\n", FaultPhase.KindNotFound)]
    [InlineData("""{"kind":"Status","message":"the server could not find the requested resource","reason":"NotFound","details":{}}""", FaultPhase.KindNotFound)]
    [InlineData("""{"kind":"Status","message":"pods \"x\" not found","reason":"NotFound","details":{"name":"x","kind":"pods"}}""", FaultPhase.NotFound)]
    public void A_kind_that_is_not_served_differs_from_an_object_that_is_not_there(string body, FaultPhase phase) =>
        Assert.Equal(phase, StatusFaults.Of(404, "Not Found", "text/plain", body, null, null).Phase);

    [Theory]
    [InlineData("", "text/plain", "HTTP 503 Service Unavailable")]
    [InlineData("no healthy upstream\nmore", "text/plain", "HTTP 503 Service Unavailable (no healthy upstream)")]
    [InlineData("<html><title>503 Busy</title>", "text/html", "HTTP 503 Service Unavailable (an HTML page \"503 Busy\", from a proxy or load balancer?)")]
    [InlineData("{\"error\":\"shutting down\"}", "application/json", "HTTP 503 Service Unavailable (shutting down)")]
    [InlineData("{\"kind\":", "application/json", "HTTP 503 Service Unavailable ({\"kind\":)")]
    [InlineData("[1]", "application/json", "HTTP 503 Service Unavailable ([1])")]
    public void An_error_that_is_no_Status_object_is_told_as_far_as_it_goes(string body, string type, string detail) =>
        Assert.Equal(detail, StatusFaults.Of(503, "Service Unavailable", type, body, null, null).Detail);

    [Fact]
    public async Task An_http_address_of_an_https_port_is_named()
    {
        await using var server = new WireServer(WireServer.Always(400, "Client sent an HTTP request to an HTTPS server.\n", contentType: "text/plain"));

        var fault = await FaultOfAsync(NewClient(server));

        Assert.Equal((FaultPhase.Tls, "the server expects HTTPS and the kubeconfig's address says http"), (fault.Phase, fault.Detail));
    }

    [Fact]
    public void Server_text_is_one_bounded_line_without_credentials()
    {
        var text = $"first\r\nsecond\t\u001b[31m Bearer abcdefgh12345678 {new string('x', 2000)}";

        var detail = StatusFaults.Of(500, null, "application/json", Status("InternalError", System.Text.Json.JsonEncodedText.Encode(text).ToString()), null, null).Detail;

        Assert.StartsWith("InternalError (first second [31m Bearer *** xxx", detail, StringComparison.Ordinal);
        Assert.InRange(detail.Length, 400, MessageText.MaxLength + 100);
        Assert.DoesNotContain('\n', detail);
    }

    [Fact]
    public async Task A_huge_error_body_is_read_only_to_its_bound()
    {
        await using var server = new WireServer(WireServer.Always(500, new string('e', 5_000_000), contentType: "text/plain"));
        var client = NewClient(server);

        var fault = await FaultOfAsync(client);

        Assert.InRange(fault.Detail.Length, 100, 600);
        Assert.InRange(client.Telemetry.BytesReceived, 1, StatusFaults.MaxBody);
    }

    [Theory]
    [InlineData("exec", "Log in again with aws, the kubeconfig's credential plugin.")]
    [InlineData("token", "The kubeconfig's token has expired or was revoked: get a new one.")]
    [InlineData("tokenFile", "The token file holds a token that this cluster does not accept: renew it; it is read again by itself.")]
    [InlineData("certificate", "The client certificate has expired or this cluster does not know it: get a fresh kubeconfig.")]
    [InlineData("basic", "API servers no longer accept name and password: get a token or a client certificate.")]
    [InlineData("none", "The kubeconfig's context has no credential: add a user to it.")]
    public void What_to_do_after_a_401_depends_on_the_credential(string kind, string advice)
    {
        var user = kind switch
        {
            "exec" => new KubeconfigUser { Name = "u", Exec = new ExecConfig { Command = "/usr/bin/aws" } },
            "token" => new KubeconfigUser { Name = "u", Token = "x" },
            "tokenFile" => new KubeconfigUser { Name = "u", TokenFile = "/x", Token = "x" },
            "certificate" => new KubeconfigUser { Name = "u", ClientCertificateData = "x" },
            "basic" => new KubeconfigUser { Name = "u", Username = "x" },
            _ => null,
        };

        Assert.Equal(advice, StatusFaults.Of(401, null, null, "", null, user).Advice);
    }

    private static string Status(string reason, string message) => $$"""{"kind":"Status","apiVersion":"v1","reason":"{{reason}}","message":"{{message}}"}""";
}
