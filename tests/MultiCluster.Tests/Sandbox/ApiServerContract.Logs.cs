namespace MultiCluster.Tests.Sandbox;

// Logs, as far as the API server answers without a kubelet.
public abstract partial class ApiServerContract
{
    [Theory]
    [InlineData("one/log", 204, "")]
    [InlineData("one/log?follow=true&tailLines=5&sinceTime=2026-01-01T00:00:00.5Z", 204, "")]
    [InlineData("one/log?container=x", 400, "container x is not valid for pod one")]
    [InlineData("two/log", 400, "a container name must be specified for pod two, choose one of: [a b]")]
    [InlineData("two/log?container=b", 204, "")]
    [InlineData("none/log", 404, "pods \"none\" not found")]
    [InlineData("bound/log", 404, "pods \"no-such-node\" not found")]
    [InlineData("one/log?sinceSeconds=5&sinceTime=2026-01-01T00:00:00Z", 422, "PodLogOptions \"one\" is invalid: []: Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified")]
    [InlineData("one/log?sinceSeconds=0", 422, "PodLogOptions \"one\" is invalid: sinceSeconds: Invalid value: 0: must be greater than 0")]
    [InlineData("none/log?tailLines=-1", 422, "PodLogOptions \"none\" is invalid: tailLines: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("one/log?limitBytes=0", 422, "PodLogOptions \"one\" is invalid: limitBytes: Invalid value: 0: must be greater than 0")]
    [InlineData("one/log?tailLines=abc", 400, "strconv.ParseInt: parsing \"abc\": invalid syntax")]
    [InlineData("one/log?sinceTime=abc", 400, "parsing time \"abc\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"abc\" as \"2006\"")]
    public async Task A_log_is_checked_before_a_kubelet_is_asked(string path, int status, string message)
    {
        var pods = $"/api/v1/namespaces/{await Server.NewNamespaceAsync()}/pods";
        await Admin.CreateAsync(pods, PodOf("one", "", "c"));
        await Admin.CreateAsync(pods, PodOf("two", "", "a", "b"));
        await Admin.CreateAsync(pods, PodOf("bound", "no-such-node", "c"));
        using var response = await Admin.SendAsync(HttpMethod.Get, $"{pods}/{path}");
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == (int)response.StatusCode, body);
        Assert.Equal(message, status == 204 ? body : Text(System.Text.Json.Nodes.JsonNode.Parse(body)!["message"]));
    }

    [Fact]
    public async Task A_log_is_refused_to_those_who_take_nothing_but_text()
    {
        var pods = $"/api/v1/namespaces/{await Server.NewNamespaceAsync()}/pods";
        await Admin.CreateAsync(pods, PodOf("one", "", "c"));
        using var text = await Admin.SendAsync(HttpMethod.Get, $"{pods}/one/log", accept: "text/plain");
        Assert.Equal(406, (int)text.StatusCode);
        using var any = await Admin.SendAsync(HttpMethod.Get, $"{pods}/one/log", accept: "text/plain, */*");
        Assert.Equal(204, (int)any.StatusCode);
    }

    [Fact]
    public async Task A_log_can_only_be_read()
    {
        var path = "/api/v1/namespaces/default/pods/p/log";
        Assert.Equal("MethodNotAllowed", Text((await Admin.JsonAsync(HttpMethod.Post, path, 405, "{}"))["reason"]));
        await Admin.FailAsync(404, "/api/v1/namespaces/default/configmaps/c/log");
    }

    [Fact]
    public async Task A_user_who_may_not_read_logs_is_told_so() => Assert.Equal(
        $"pods \"p\" is forbidden: User \"{Server.LimitedName}\" cannot get resource \"pods/log\" in API group \"\" in the namespace \"default\"",
        Text((await Server.Limited.FailAsync(403, "/api/v1/namespaces/default/pods/p/log?follow=true"))["message"]));

    private static string PodOf(string name, string node, params string[] containers)
    {
        var bound = node.Length == 0 ? "" : $"\"nodeName\":\"{node}\",";
        var list = string.Join(',', containers.Select(c => $$"""{"name":"{{c}}","image":"i"}"""));
        return $$$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{name}}}"},"spec":{{{{bound}}}"containers":[{{{list}}}]} }""";
    }
}
