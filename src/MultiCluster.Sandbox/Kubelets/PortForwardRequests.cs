using System.Globalization;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Kubelets;

/// <summary>Ports of pods: the API server's checks, then what the kubelet answers.</summary>
internal static class PortForwardRequests
{
    private static readonly string[] Spoken = [StreamProtocols.V4];

    public static async Task ServeAsync(SimulatedRequest request, ResourceKind pods, ClusterContainers containers)
    {
        var context = request.Context;
        var ports = Ports(context.Request.Query["ports"]);
        var target = StreamTarget.Of(request, pods, containers, hasContainer: false);
        if (StreamAnswer.Protocol(context, Spoken) is not { } protocol) return;
        await AnswerAsync(request, target, ports, protocol, containers);
    }

    /// <summary>What a kubelet answers.</summary>
    public static async Task AnswerAsync(SimulatedRequest request, StreamTarget target, IReadOnlyList<int> ports, string protocol, ClusterContainers containers)
    {
        var context = request.Context;
        if (ports.Count == 0)
        {
            await StreamAnswer.RefuseAsync(context, protocol, "query parameter \"port\" is required", 400);
            return;
        }
        if (ports.FirstOrDefault(port => port is < 1 or > 65535) is var wrong and not 0)
        {
            await StreamAnswer.RefuseAsync(context, protocol, $"unable to parse \"{wrong}\" as a port: strconv.ParseUint: parsing \"{wrong}\": value out of range", 400);
            return;
        }
        await using var life = new PodLife(request, target.Pod, container: null);
        using var socket = await StreamUpgrade.AcceptAsync(context, protocol);
        var pod = PortRefusal.SandboxOf(target.Pod.Uid);
        await PortForward.RunAsync(socket, pod, ports, async (port, cancellationToken) =>
        {
            if (!PodLife.Runs(target.Pod, container: null)) throw new IOException($"sandbox container \"{pod}\" is not running");
            foreach (var spec in target.Json["spec"]!["containers"]!.AsArray())
            {
                var container = containers.Of(target.Pod, target.Json, spec!["name"]!.ToString());
                if (container.Listens(port)) return await container.ConnectAsync(port, cancellationToken);
            }
            throw PortRefusal.Of(pod, port);
        }, life.Ended);
    }

    /// <exception cref="StatusError">One is no number.</exception>
    public static List<int> Ports(IEnumerable<string?> values) =>
    [
        .. values.SelectMany(value => (value ?? "").Split(',')).Select(text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var port)
            ? port
            : throw StatusError.BadRequest($"strconv.ParseInt: parsing \"{text}\": invalid syntax")),
    ];
}
