using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Containers;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Kubelets;

/// <summary>Commands in containers: the API server's checks, then what the kubelet answers.</summary>
internal static class ExecRequests
{
    public static async Task ServeAsync(SimulatedRequest request, ResourceKind pods, ClusterContainers containers)
    {
        var context = request.Context;
        var target = StreamTarget.Of(request, pods, containers, hasContainer: true);
        if (StreamAnswer.Protocol(context, containers.Protocols) is not { } protocol) return;
        await AnswerAsync(request, target, CommandOptions.Of(context.Request.Query), protocol, containers);
    }

    /// <summary>What a kubelet answers.</summary>
    public static async Task AnswerAsync(SimulatedRequest request, StreamTarget target, CommandOptions options, string protocol, ClusterContainers containers)
    {
        var context = request.Context;
        if (await StreamAnswer.RefusesAsync(context, protocol, options)) return;
        IReadOnlyList<string> command = [.. context.Request.Query["command"].Select(word => word ?? "")];
        if (!PodLife.Runs(target.Pod, target.Container))
        {
            await StreamAnswer.RefuseAsync(context, protocol, $"container not found (\"{target.Container}\")");
            return;
        }
        var container = containers.Of(target.Pod, target.Json, target.Container!);
        await using var life = new PodLife(request, target.Pod, target.Container);
        using var socket = await StreamUpgrade.AcceptAsync(context, protocol);
        var keepsStatus = context.Features.Get<StreamFeature>()?.KeepsStatus == true;
        options = options with { LeadsToTerminal = container.HasTerminals };
        await RemoteCommand.RunAsync(socket, options, (streams, ended) => RunAsync(container, command, streams, protocol, ended), life.Ended, keepsStatus);
        await containers.ForgetIfGoneAsync(target.Pod);
    }

    /// <summary>Runs a command to its end, and tells of that.</summary>
    public static async Task<JsonObject> RunAsync(Container container, IReadOnlyList<string> command, ProgramStreams streams, string protocol, CancellationToken ended)
    {
        var translated = protocol == StreamProtocols.V5;
        try
        {
            var exitCode = await container.RunAsync(command, streams, ended);
            return exitCode == 0 ? StreamStatus.Success : StreamStatus.Exited(exitCode, command, translated);
        }
        catch (ProgramMissingException e)
        {
            var id = $"{Guid.NewGuid():n}{Guid.NewGuid():n}";
            var status = StreamStatus.Internal(
                "error executing command in container: failed to exec in container: failed to start exec "
                + $"\"{id}\": OCI runtime exec failed: exec failed: unable to start container process: {e.Message}: unknown");
            return translated ? StreamStatus.Translated(status) : status;
        }
    }
}
