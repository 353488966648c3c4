using System.Text.Json;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Logs;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Kubelets;

/// <summary>Watches the pods that are bound to a kubelet's node: starts their containers, and ends them when they are deleted.</summary>
internal sealed class PodAgent(HttpClient api, ClusterStore store, ClusterContainers containers, ClusterLogs logs, KubeletOptions options)
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(200);

    private readonly PodStatuses _statuses = new(store, containers);

    private string Pods => $"/api/v1/pods?fieldSelector=spec.nodeName%3D{options.NodeName}";

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await WatchAsync(await ListAsync(stop), stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or JsonException or OperationCanceledException)
            {
                // The server is away, or ended the watch: it is listed again.
            }
            await Task.Delay(Again, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<string> ListAsync(CancellationToken stop)
    {
        var list = JsonNode.Parse(await api.GetStringAsync(Pods, stop))!;
        var uids = new HashSet<string>();
        foreach (var pod in list["items"]!.AsArray())
        {
            uids.Add($"{pod!["metadata"]!["uid"]}");
            await LookAsync(pod.AsObject(), stop);
        }
        foreach (var gone in store.List("pods").Where(pod => !uids.Contains(pod.Uid))) await ForgetAsync(gone);
        return $"{list["metadata"]!["resourceVersion"]}";
    }

    private async Task WatchAsync(string version, CancellationToken stop)
    {
        using var response = await api.GetAsync($"{Pods}&watch=true&resourceVersion={version}", HttpCompletionOption.ResponseHeadersRead, stop);
        response.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(stop));
        while (await reader.ReadLineAsync(stop) is { } line)
        {
            var change = JsonNode.Parse(line)!;
            var pod = change["object"]!.AsObject();
            switch ($"{change["type"]}")
            {
                case "ADDED" or "MODIFIED":
                    await LookAsync(pod, stop);
                    break;
                case "DELETED":
                    if (store.Find("pods", $"{pod["metadata"]!["namespace"]}", $"{pod["metadata"]!["name"]}") is { } gone) await ForgetAsync(gone);
                    break;
                case "ERROR":
                    return;
            }
        }
    }

    // The spec is the server's, the status this kubelet's own.
    private async Task LookAsync(JsonObject pod, CancellationToken stop)
    {
        var (ns, name, uid) = ($"{pod["metadata"]!["namespace"]}", $"{pod["metadata"]!["name"]}", $"{pod["metadata"]!["uid"]}");
        pod["apiVersion"] = "v1";
        pod["kind"] = "Pod";
        var known = store.Find("pods", ns, name);
        if (known is not null && known.Uid != uid)
        {
            await ForgetAsync(known);
            known = null;
        }
        if (known is not null) pod["status"] = known.ToJson()["status"]?.DeepClone();
        if (pod["metadata"]!["deletionTimestamp"] is not null)
        {
            await EndAsync(pod, stop);
            return;
        }
        if ($"{pod["status"]?["phase"]}" is "Succeeded" or "Failed" && known is null) return;
        var started = _statuses.Complete(pod);
        var stored = known is null ? store.Add(pod) : store.Replace(pod);
        foreach (var container in started) containers.MainOf(stored, pod, container, logs);
    }

    private async Task EndAsync(JsonObject pod, CancellationToken stop)
    {
        var (ns, name, uid) = ($"{pod["metadata"]!["namespace"]}", $"{pod["metadata"]!["name"]}", $"{pod["metadata"]!["uid"]}");
        if (store.Find("pods", ns, name) is { } known) await ForgetAsync(known);
        var now = new JsonObject
        {
            ["kind"] = "DeleteOptions",
            ["apiVersion"] = "v1",
            ["gracePeriodSeconds"] = 0,
            ["preconditions"] = new JsonObject { ["uid"] = uid },
        };
        using var _ = await AgentCalls.SendAsync(api, HttpMethod.Delete, $"/api/v1/namespaces/{ns}/pods/{name}", now, stop);
    }

    private async Task ForgetAsync(StoredObject pod)
    {
        store.Remove("pods", pod.Namespace, pod.Name);
        await containers.ForgetAsync(pod.Uid);
    }
}
