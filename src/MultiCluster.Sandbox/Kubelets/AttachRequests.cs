using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Logs;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Kubelets;

/// <summary>The main programs of containers: the API server's checks, then what the kubelet answers.</summary>
internal static class AttachRequests
{
    public static async Task ServeAsync(SimulatedRequest request, ResourceKind pods, ClusterContainers containers, ClusterLogs logs)
    {
        var context = request.Context;
        var target = StreamTarget.Of(request, pods, containers, hasContainer: true);
        if (StreamAnswer.Protocol(context, containers.Protocols) is not { } protocol) return;
        await AnswerAsync(request, target, CommandOptions.Of(context.Request.Query), protocol, containers, logs);
    }

    /// <summary>What a kubelet answers.</summary>
    public static async Task AnswerAsync(
        SimulatedRequest request, StreamTarget target, CommandOptions options, string protocol, ClusterContainers containers, ClusterLogs logs)
    {
        if (await StreamAnswer.RefusesAsync(request.Context, protocol, options)) return;
        if (!PodLife.Runs(target.Pod, target.Container))
        {
            await StreamAnswer.RefuseAsync(request.Context, protocol, $"container not found (\"{target.Container}\")");
            return;
        }
        var main = containers.MainOf(target.Pod, target.Json, target.Container!, logs);
        await using var life = new PodLife(request, target.Pod, target.Container);
        using var socket = await StreamUpgrade.AcceptAsync(request.Context, protocol);
        await RemoteCommand.RunAsync(
            socket,
            options with { LeadsToTerminal = main is not null },
            async (streams, ended) =>
            {
                if (main is not null) await main.AttachAsync(streams, ended);
                else await AttachedLog.WriteAsync(logs.Of(target.Pod.Namespace, target.Pod.Name, target.Container!), streams.Output, request.Time, ended);
                return StreamStatus.Success;
            },
            life.Ended,
            request.Context.Features.Get<StreamFeature>()?.KeepsStatus == true);
        await containers.ForgetIfGoneAsync(target.Pod);
    }
}
