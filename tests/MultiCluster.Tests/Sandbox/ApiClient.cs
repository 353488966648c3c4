using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace MultiCluster.Tests.Sandbox;

/// <summary>A plain HTTP client that trusts one authority: the tests of the simulator must not lean on the engine.</summary>
public sealed class ApiClient : IDisposable
{
    private readonly HttpClient _http;

    public ApiClient(Uri server, string caPem, string? token = null, X509Certificate2? certificate = null)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPem(caPem);
        var tls = new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
        if (certificate is not null) tls.ClientCertificates = [certificate];
        _http = new HttpClient(new SocketsHttpHandler { SslOptions = tls }) { BaseAddress = server };
        if (token is not null) _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public HttpClient Http => _http;

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body = null, string? accept = null, string contentType = "application/json")
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, contentType);
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        return _http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The answer's JSON, with the status checked.</summary>
    public async Task<JsonNode> JsonAsync(
        HttpMethod method, string path, int status, string? body = null, string? accept = null, string contentType = "application/json")
    {
        using var response = await SendAsync(method, path, body, accept, contentType);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == (int)response.StatusCode, $"{method} {path}: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    public Task<JsonNode> GetAsync(string path, string? accept = null) => JsonAsync(HttpMethod.Get, path, 200, accept: accept);

    public Task<JsonNode> FailAsync(int status, string path) => JsonAsync(HttpMethod.Get, path, status);

    public Task<JsonNode> CreateAsync(string path, string body) => JsonAsync(HttpMethod.Post, path, 201, body);

    /// <summary>A patch of the type <c>merge</c>, <c>strategic-merge</c> or <c>json</c>.</summary>
    public Task<JsonNode> PatchAsync(string path, string body, string type = "merge", int status = 200) =>
        JsonAsync(HttpMethod.Patch, path, status, body, contentType: $"application/{type}-patch+json");

    public Task<JsonNode> DeleteAsync(string path, string? options = null, int status = 200) => JsonAsync(HttpMethod.Delete, path, status, options);

    public void Dispose() => _http.Dispose();
}
