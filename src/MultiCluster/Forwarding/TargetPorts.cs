using System.Globalization;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Forwarding;

/// <summary>Which port of a pod is meant (kubectl <c>translateServicePortToTargetPort</c> and <c>convertPodNamedPortToNumber</c>).</summary>
internal static class TargetPorts
{
    /// <summary>The target's port as a number, and the pod's that it leads to.</summary>
    /// <exception cref="Faults.FaultException">There is no such port (NotFound), or it is not TCP (Invalid).</exception>
    public static (int Remote, int Pod) Resolve(ForwardPort port, TargetPod target)
    {
        if (target.Service is { } service)
            return OfService(port, service, target.Pod);
        var number = port.Number ?? OfPod(port.Remote, target.Pod);
        return (number, number);
    }

    /// <summary>The ports that a Service or the containers of a pod declare, as <c>80</c> and what is said of each: its name, its protocol.</summary>
    public static IReadOnlyList<(int Number, string? Name, string Protocol)> DeclaredBy(KubeObject target)
    {
        var ports = new List<(int, string?, string)>();
        if (target is KubeService)
        {
            foreach (var port in target.SpecJson["ports"u8].Elements)
                ports.Add(Read(port, port["port"u8]));
        }
        else if (target is KubePod)
        {
            ports.AddRange(DeclaredIn(target.SpecJson));
        }

        return ports;
    }

    /// <summary>The ports that the containers of a pod declare, or of a template.</summary>
    public static IReadOnlyList<(int Number, string? Name, string Protocol)> DeclaredIn(JsonSlice spec)
    {
        var ports = new List<(int, string?, string)>();
        Add(spec["containers"u8], ports);
        Add(spec["initContainers"u8], ports); // some accompany the pod
        return ports;
    }

    private static void Add(JsonSlice containers, List<(int Number, string? Name, string Protocol)> ports)
    {
        foreach (var container in containers.Elements)
        {
            foreach (var port in container["ports"u8].Elements)
                ports.Add(Read(port, port["containerPort"u8]));
        }
    }

    private static (int Remote, int Pod) OfService(ForwardPort wanted, KubeService service, KubePod pod)
    {
        var named = $"Service {service.Namespace}/{service.Name}";
        foreach (var port in service.SpecJson["ports"u8].Elements)
        {
            var (number, name, protocol) = Read(port, port["port"u8]);
            if (wanted.Number is { } asked ? asked != number : wanted.Remote != name)
                continue;
            if (protocol != "TCP")
                throw ForwardFaults.NotTcp(named, wanted.Remote, protocol);

            // A headless Service maps nothing: its clients speak to the pods' own ports.
            var target = port["targetPort"u8];
            if (service.ClusterIp == "None" || !target.Exists)
                return (number, number);
            if (target.AsString() is { } text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var mapped))
                return (number, mapped == 0 ? number : mapped);
            return (number, OfPod(target.AsString()!, pod));
        }

        throw ForwardFaults.NoSuchPort(named, wanted.Remote, Shown(service));
    }

    private static int OfPod(string name, KubePod pod)
    {
        var named = $"pod {pod.Namespace}/{pod.Name}";
        foreach (var (number, declared, protocol) in DeclaredBy(pod))
        {
            if (declared == name)
                return protocol == "TCP" ? number : throw ForwardFaults.NotTcp(named, name, protocol);
        }

        throw ForwardFaults.NoSuchPort(named, name, Shown(pod));
    }

    private static (int Number, string? Name, string Protocol) Read(JsonSlice port, JsonSlice number) =>
        (number.AsInt32(), port["name"u8].AsText(), port["protocol"u8].AsText() ?? "TCP");

    private static string[] Shown(KubeObject target) =>
        [.. DeclaredBy(target).Select(static port => string.Create(CultureInfo.InvariantCulture, $"{port.Number}{(port.Name is null ? "" : $" ({port.Name})")}"))];
}
