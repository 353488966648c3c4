using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace MultiCluster.Benchmarks.Servers;

/// <summary>Creates pods through the API until a cluster has enough.</summary>
internal static class PodLoader
{
    private const int Namespaces = 20;

    public static async Task FillAsync(RawClient client, int pods)
    {
        var list = await client.Http.GetFromJsonAsync<JsonObject>("api/v1/pods?limit=1");
        var present = ((JsonArray)list!["items"]!).Count + ((int?)list["metadata"]!["remainingItemCount"] ?? 0);
        if (present >= pods)
            return;
        for (var i = 0; i < Namespaces; i++)
        {
            await PostAsync(client, "api/v1/namespaces", new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "Namespace",
                ["metadata"] = new JsonObject { ["name"] = $"team-{i}" },
            });
        }

        await Parallel.ForAsync(0, pods, new ParallelOptions { MaxDegreeOfParallelism = 12 }, async (i, _) =>
            await PostAsync(client, $"api/v1/namespaces/team-{i % Namespaces}/pods", PodManifest.Of(i)));
    }

    private static async Task PostAsync(RawClient client, string path, JsonObject body)
    {
        using var response = await client.Http.PostAsJsonAsync(path, body);
        if (!response.IsSuccessStatusCode && response.StatusCode != HttpStatusCode.Conflict)
            throw new InvalidOperationException($"POST {path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }
}
