using MultiCluster.Api.Discovery;
using MultiCluster.Http;

namespace MultiCluster.Clusters;

/// <summary>Lets discovery ask a cluster through its client.</summary>
internal sealed class DiscoveryTransport(ApiClient client) : IDiscoveryTransport
{
    /// <summary>A cluster with thousands of custom kinds takes a few MiB.</summary>
    private const int Most = 64 * 1024 * 1024;

    public async Task<DiscoveryAnswer> GetAsync(string path, string accept, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, path) { Operation = $"read {path}", Accept = accept };
        var (contentType, body) = await client.ReadAsync(request, null, Most, cancellationToken).ConfigureAwait(false);
        return new DiscoveryAnswer(contentType, body);
    }
}
