using System.Text;
using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Kubelets;

/// <summary>How a kubelet talks to its API server.</summary>
internal static class AgentCalls
{
    /// <summary>Sends an object; with PATCH, as a merge patch.</summary>
    public static async Task<HttpResponseMessage> SendAsync(HttpClient api, HttpMethod method, string path, JsonNode body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, method == HttpMethod.Patch ? "application/merge-patch+json" : "application/json");
        return await api.SendAsync(request, cancellationToken);
    }
}
