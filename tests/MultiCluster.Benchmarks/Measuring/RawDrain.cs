using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using MultiCluster.Benchmarks.Servers;

namespace MultiCluster.Benchmarks.Measuring;

/// <summary>The reference: drains nodes with a bare HttpClient and nothing that a drain ought to check. Each node is cordoned, listed, all its pods are evicted at once and watched until they are gone.</summary>
internal sealed class RawDrain(RawClient client)
{
    /// <summary>Drains them, so many at a time.</summary>
    public Task RunAsync(IReadOnlyList<string> nodes, int atOnce)
    {
        var waiting = new ConcurrentQueue<string>(nodes);
        return Task.WhenAll(Enumerable.Range(0, atOnce).Select(async _ =>
        {
            while (waiting.TryDequeue(out var node))
                await DrainAsync(node);
        }));
    }

    private async Task DrainAsync(string node)
    {
        await SendAsync(HttpMethod.Patch, $"api/v1/nodes/{node}", "application/merge-patch+json", """{"spec":{"unschedulable":true}}""");
        var list = JsonNode.Parse(await client.Http.GetStringAsync(new Uri($"api/v1/pods?fieldSelector=spec.nodeName%3D{node}", UriKind.Relative)))!;
        var pods = list["items"]!.AsArray().Select(static pod => pod!["metadata"]!).ToArray();
        using var stop = new CancellationTokenSource();
        var left = pods.Length;
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var watching = client.ReadLinesAsync(
            $"api/v1/pods?watch=true&fieldSelector=spec.nodeName%3D{node}&resourceVersion={list["metadata"]!["resourceVersion"]}",
            line =>
            {
                if (line.StartsWith("{\"type\":\"DELETED\"", StringComparison.Ordinal) && --left == 0)
                    gone.SetResult();
            },
            stop.Token);
        await Task.WhenAll(pods.Select(pod => SendAsync(
            HttpMethod.Post, $"api/v1/namespaces/{pod["namespace"]}/pods/{pod["name"]}/eviction", "application/json",
            $$"""{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"{{pod["name"]}}","namespace":"{{pod["namespace"]}}"} }""")));
        await gone.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await stop.CancelAsync();
        await watching.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private async Task SendAsync(HttpMethod method, string path, string type, string body)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, type) };
        using var response = await client.Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }
}
