using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Kubelets;

/// <summary>Tells the API server what has become of a kubelet's pods.</summary>
internal sealed class StatusWriter : IWriteObserver
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(200);

    private readonly HttpClient _api;
    private readonly ClusterStore _store;
    private readonly Channel<(string Namespace, string Name)> _changed = Channel.CreateUnbounded<(string, string)>();
    private readonly ConcurrentDictionary<string, string> _told = new();

    public StatusWriter(HttpClient api, ClusterStore store)
    {
        (_api, _store) = (api, store);
        store.Follow(this, static () => { });
    }

    public void OnWrite(StoredWrite written)
    {
        if (written.Current is { Kind.Plural: "pods" } pod) _changed.Writer.TryWrite((pod.Namespace, pod.Name));
    }

    public void AfterWrite()
    {
    }

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await foreach (var (ns, name) in _changed.Reader.ReadAllAsync(stop)) await TellAsync(ns, name, stop);
        }
        catch (OperationCanceledException)
        {
            // The kubelet stops.
        }
    }

    private async Task TellAsync(string ns, string name, CancellationToken stop)
    {
        if (_store.Find("pods", ns, name) is not { } pod) return;
        var json = pod.ToJson();
        PodStatuses.Conclude(json, Timestamp.Of(_store.Time.GetUtcNow()));
        var status = json["status"]!.ToJsonString();
        if (_told.GetValueOrDefault(pod.Uid) == status) return;
        try
        {
            var patch = new JsonObject { ["metadata"] = new JsonObject { ["uid"] = pod.Uid }, ["status"] = json["status"]!.DeepClone() };
            using var answer = await AgentCalls.SendAsync(_api, HttpMethod.Patch, $"/api/v1/namespaces/{ns}/pods/{name}/status", patch, stop);
            if (answer.IsSuccessStatusCode) _told[pod.Uid] = status;
        }
        catch (HttpRequestException)
        {
            await Task.Delay(Again, stop);
            _changed.Writer.TryWrite((ns, name));
        }
    }
}
