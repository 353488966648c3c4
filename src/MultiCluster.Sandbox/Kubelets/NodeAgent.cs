using System.Net;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Kubelets;

/// <summary>Registers a kubelet's node, and keeps it ready.</summary>
internal sealed class NodeAgent(HttpClient api, ClusterStore store, KubeletOptions options)
{
    private int _port;

    private string Path => $"/api/v1/nodes/{options.NodeName}";

    public async Task RegisterAsync(int port, CancellationToken cancellationToken)
    {
        _port = port;
        var node = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Node",
            ["metadata"] = new JsonObject
            {
                ["name"] = options.NodeName,
                ["labels"] = new JsonObject { ["kubernetes.io/hostname"] = options.NodeName, ["kubernetes.io/os"] = "linux", ["kubernetes.io/arch"] = "amd64" },
            },
        };
        using var created = await AgentCalls.SendAsync(api, HttpMethod.Post, "/api/v1/nodes", node, cancellationToken);
        if (created.StatusCode != HttpStatusCode.Conflict) created.EnsureSuccessStatusCode();
        await TellAsync(cancellationToken);
        // A server marks a new node as not ready, and a controller that there may not be takes that away.
        using var untainted = await AgentCalls.SendAsync(api, HttpMethod.Patch, Path, new JsonObject { ["spec"] = new JsonObject { ["taints"] = null } }, cancellationToken);
        untainted.EnsureSuccessStatusCode();
        store.Add(node);
    }

    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(options.Heartbeat);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                try
                {
                    await TellAsync(stop);
                }
                catch (HttpRequestException)
                {
                    // The server is away; the next time it may be there.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The kubelet stops.
        }
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        var now = Timestamp.Of(store.Time.GetUtcNow());
        var capacity = new JsonObject { ["cpu"] = "8", ["memory"] = "16Gi", ["pods"] = "500" };
        var status = new JsonObject
        {
            // No Hostname: a server asks that first, and nothing resolves it.
            ["addresses"] = new JsonArray(new JsonObject { ["type"] = "InternalIP", ["address"] = "127.0.0.1" }),
            ["daemonEndpoints"] = new JsonObject { ["kubeletEndpoint"] = new JsonObject { ["Port"] = _port } },
            ["capacity"] = capacity,
            ["allocatable"] = capacity.DeepClone(),
            ["conditions"] = new JsonArray(new JsonObject
            {
                ["type"] = "Ready",
                ["status"] = "True",
                ["reason"] = "KubeletReady",
                ["message"] = "kubelet is posting ready status",
                ["lastHeartbeatTime"] = now,
                ["lastTransitionTime"] = now,
            }),
            ["nodeInfo"] = new JsonObject
            {
                ["machineID"] = "sandbox",
                ["systemUUID"] = "sandbox",
                ["bootID"] = "sandbox",
                ["kernelVersion"] = "6.1.0-sandbox",
                ["osImage"] = "Sandbox Linux 1",
                ["containerRuntimeVersion"] = "containerd://1.7.0",
                ["kubeletVersion"] = "v1.20.2",
                ["kubeProxyVersion"] = "v1.20.2",
                ["operatingSystem"] = "linux",
                ["architecture"] = "amd64",
            },
        };
        using var told = await AgentCalls.SendAsync(api, HttpMethod.Patch, $"{Path}/status", new JsonObject { ["status"] = status }, cancellationToken);
        told.EnsureSuccessStatusCode();
    }
}
