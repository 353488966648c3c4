using System.Security.Cryptography.X509Certificates;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Benchmarks.Servers;

/// <summary>The reference: a bare HttpClient for one context of a kubeconfig with a token, and nothing of the engine in it.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly byte[] _buffer = new byte[128 * 1024];

    private RawClient(Uri server, string token, X509Certificate2Collection authorities)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, UseCookies = false };
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        Http = new HttpClient(handler) { BaseAddress = server, Timeout = TimeSpan.FromMinutes(5) };
        Http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        Http.DefaultRequestHeaders.Accept.Add(new("application/json"));
    }

    public HttpClient Http { get; }

    /// <summary>A client for each context of the kubeconfigs.</summary>
    public static IReadOnlyList<RawClient> Of(params IReadOnlyList<string> kubeconfigs)
    {
        var contexts = new KubeconfigLoader().Load(new KubeconfigSearch { ExplicitPaths = kubeconfigs }).Contexts;
        return [.. contexts.Select(context =>
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPem(System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(context.Cluster!.CertificateAuthorityData!)));
            return new RawClient(new Uri(context.Cluster.Server!), context.User!.Token!, authorities);
        })];
    }

    /// <summary>Reads an answer to nowhere; returns its length and its first bytes.</summary>
    public async Task<(long Bytes, byte[] Beginning)> DrainAsync(string path)
    {
        using var response = await Http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync();
        long bytes = 0;
        byte[] beginning = [];
        while (await body.ReadAsync(_buffer) is var read and > 0)
        {
            bytes += read;
            if (beginning.Length < 4096)
                beginning = [.. beginning, .. _buffer.AsSpan(0, read)];
        }

        return (bytes, beginning);
    }

    /// <summary>Reads an answer line by line, until it ends.</summary>
    public async Task ReadLinesAsync(string path, Action<string> take, CancellationToken cancellationToken)
    {
        using var response = await Http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
            take(line);
    }

    public void Dispose() => Http.Dispose();
}
