using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Api.Writes;

/// <summary>
/// Which version of <c>policy</c> a server takes evictions in: <c>v1</c> from 1.22 on, <c>v1beta1</c> before. The subresource
/// <c>pods/eviction</c> of the core group says it, as for kubectl (<c>drain.CheckEvictionSupport</c>).
/// </summary>
internal static class EvictionApi
{
    /// <summary>The version; null when the server serves no evictions.</summary>
    /// <exception cref="FaultException">The server cannot be asked.</exception>
    public static async Task<string?> FindAsync(ApiClient client, RequestTimeouts timeouts, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, "/api/v1") { Operation = "find out how pods are evicted" };
        return VersionIn(await client.GetBytesAsync(request, cancellationToken, timeouts).ConfigureAwait(false));
    }

    /// <summary>The version that an <c>APIResourceList</c> of the core group gives.</summary>
    public static string? VersionIn(byte[] resources)
    {
        foreach (var resource in JsonSlice.Parse(System.Text.Encoding.UTF8.GetString(resources))["resources"u8].Elements)
        {
            if (resource["name"u8].Is("pods/eviction"u8) && resource["kind"u8].Is("Eviction"u8))
                return resource["version"u8].AsText() ?? "v1beta1";
        }

        return null;
    }
}
