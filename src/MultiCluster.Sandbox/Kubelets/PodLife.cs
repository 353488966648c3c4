using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Logs;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Kubelets;

/// <summary>Watches over the pod that a stream leads to, and its node.</summary>
internal sealed class PodLife : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _looking;

    /// <param name="request">The stream's request; it is aborted when the node goes.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="container">The container; null for the whole pod.</param>
    public PodLife(SimulatedRequest request, StoredObject pod, string? container) => _looking = LookAsync(request, pod, container);

    /// <summary>The pod or the container has ended, or nobody is there any more.</summary>
    public CancellationToken Ended => _ended.Token;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _looking;
        _stop.Dispose();
        _ended.Dispose();
    }

    public static bool Runs(StoredObject pod, string? container)
    {
        var json = pod.ToJson();
        if (container is null) return json["status"]?["phase"]?.ToString() == "Running";
        return ContainerRun.StatusOf(json, container)?["state"]?["running"] is not null;
    }

    private async Task LookAsync(SimulatedRequest request, StoredObject pod, string? container)
    {
        var node = pod.ToJson()["spec"]!["nodeName"]!.ToString();
        var seen = pod;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, request.Aborted);
        try
        {
            while (true)
            {
                await Task.Delay(Look, stop.Token);
                if (request.Store.Find("nodes", null, node) is null)
                {
                    request.Context.Abort();
                    return;
                }
                if (request.Store.Find("pods", pod.Namespace, pod.Name) is not { } now || now.Uid != pod.Uid) break;
                if (ReferenceEquals(now, seen)) continue;
                seen = now;
                if (!Runs(now, container)) break;
            }
            await _ended.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // The stream has ended by itself, or its client is gone, which one that is behind with reading would not notice.
            if (request.Aborted.IsCancellationRequested) await _ended.CancelAsync();
        }
    }
}
