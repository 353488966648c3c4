using MultiCluster.Http;
using MultiCluster.Resources.Discovery;

namespace MultiCluster.Clusters;

/// <summary>Lets discovery ask a cluster through its client.</summary>
internal sealed class DiscoveryTransport(ApiClient client) : IDiscoveryTransport
{
    public async Task<DiscoveryAnswer> GetAsync(string path, string accept, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, path) { Operation = $"read {path}", Accept = accept };
        var response = await client.SendAsync(request, null, cancellationToken).ConfigureAwait(false);
        await using var _ = response.ConfigureAwait(false);
        using var body = new MemoryStream();
        await response.Body.CopyToAsync(body, cancellationToken).ConfigureAwait(false);
        return new DiscoveryAnswer(response.ContentType, body.ToArray());
    }
}
