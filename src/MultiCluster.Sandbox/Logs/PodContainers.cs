using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Containers;

namespace MultiCluster.Sandbox.Logs;

/// <summary>What a pod says of its containers.</summary>
internal static class PodContainers
{
    private static readonly string[] Lists = ["containers", "initContainers", "ephemeralContainers"];

    /// <summary>The container that a request means (pkg/registry/core/pod: validateContainer).</summary>
    /// <exception cref="StatusError">400: there is none, or it must be named.</exception>
    public static string Named(JsonNode pod, string asked)
    {
        var name = pod["metadata"]!["name"];
        var (containers, init, ephemeral) = (Names(pod, "containers"), Names(pod, "initContainers"), Names(pod, "ephemeralContainers"));
        if (asked.Length > 0)
            return containers.Concat(init).Concat(ephemeral).Contains(asked) ? asked : throw StatusError.BadRequest($"container {asked} is not valid for pod {name}");
        if (containers.Count == 1) return containers[0];
        var message = $"a container name must be specified for pod {name}";
        if (containers.Count > 1)
        {
            message += $", choose one of: [{string.Join(' ', containers)}]";
            if (init.Count > 0) message += $" or one of the init containers: [{string.Join(' ', init)}]";
            if (ephemeral.Count > 0) message += $" or one of the ephemeral containers: [{string.Join(' ', ephemeral)}]";
        }
        throw StatusError.BadRequest(message);
    }

    /// <summary>A container's spec, whichever of the lists it is in.</summary>
    public static JsonNode? Find(JsonNode pod, string name) =>
        Lists.SelectMany(list => pod["spec"]?[list]?.AsArray() ?? []).FirstOrDefault(container => container?["name"]?.ToString() == name);

    /// <summary>The variables whose values the spec gives; what comes from other objects is not looked up.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Environment(JsonNode container) =>
        from variable in container["env"]?.AsArray() ?? []
        where variable!["value"] is not null
        select KeyValuePair.Create(variable["name"]!.ToString(), variable["value"]!.ToString());

    /// <summary>The ports that any of its containers declares: they share an address.</summary>
    public static IReadOnlyCollection<int> Ports(JsonNode pod) =>
        [.. (pod["spec"]?["containers"]?.AsArray() ?? []).SelectMany(container => container!["ports"]?.AsArray() ?? []).Select(port => port!["containerPort"]!.GetValue<int>())];

    /// <summary>The container's main program; null where the spec names none and nobody is to type into it.</summary>
    public static MainProgramOptions? MainOf(JsonNode container)
    {
        string[] command = [.. container["command"]?.AsArray().Select(word => $"{word}") ?? [], .. container["args"]?.AsArray().Select(word => $"{word}") ?? []];
        var hasInput = container["stdin"]?.GetValue<bool>() == true;
        if (command.Length == 0 && !hasInput) return null;
        return new MainProgramOptions(command.Length == 0 ? ["sh"] : command, hasInput, container["stdinOnce"]?.GetValue<bool>() == true, container["tty"]?.GetValue<bool>() == true);
    }

    private static List<string> Names(JsonNode pod, string list) => [.. pod["spec"]?[list]?.AsArray().Select(c => c!["name"]!.ToString()) ?? []];
}
