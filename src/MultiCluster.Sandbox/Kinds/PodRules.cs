using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Kinds;

/// <summary>Rules for pods, in themselves and in templates.</summary>
internal static partial class PodRules
{
    private const string LabelRule =
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character "
        + "(e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

    private const string Fixed =
        "pod updates may not change fields other than `spec.containers[*].image`, `spec.initContainers[*].image`, `spec.activeDeadlineSeconds` "
        + "or `spec.tolerations` (only additions to existing tolerations)";

    public static void CheckPod(JsonObject? before, JsonObject pod, Problems problems)
    {
        CheckSpec(pod["spec"] as JsonObject ?? [], "spec", problems);
        if (before is not null && !JsonNode.DeepEquals(Lasting(before), Lasting(pod))) problems.Forbidden("spec", Fixed);
    }

    public static void CheckSpec(JsonObject spec, string path, Problems problems)
    {
        CheckVolumes(spec, path, problems);
        if (!spec.Items("containers").Any()) problems.Required($"{path}.containers");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var list in new[] { "containers", "initContainers" })
        {
            foreach (var (i, container) in spec.Items(list).Index()) CheckContainer(container, $"{path}.{list}[{i}]", names, problems);
        }
        if (spec["restartPolicy"]?.ToString() is { } policy and not ("Always" or "OnFailure" or "Never"))
            problems.Unsupported($"{path}.restartPolicy", policy, "Always", "OnFailure", "Never");
    }

    private static void CheckVolumes(JsonObject spec, string path, Problems problems)
    {
        var volumes = spec.Items("volumes").Select(v => v["name"]?.ToString() ?? "").ToList();
        for (var i = 0; i < volumes.Count; i++)
        {
            if (volumes[i].Length == 0) problems.Required($"{path}.volumes[{i}].name");
            else if (volumes.IndexOf(volumes[i]) < i) problems.Add($"{path}.volumes[{i}].name", $"Duplicate value: \"{volumes[i]}\"");
        }
    }

    private static void CheckContainer(JsonObject container, string path, HashSet<string> names, Problems problems)
    {
        var name = container["name"]?.ToString() ?? "";
        if (name.Length == 0) problems.Required($"{path}.name");
        else if (!Label().IsMatch(name)) problems.Invalid($"{path}.name", name, LabelRule);
        else if (!names.Add(name)) problems.Add($"{path}.name", $"Duplicate value: \"{name}\"");
        if (string.IsNullOrEmpty(container["image"]?.ToString())) problems.Required($"{path}.image");
        foreach (var (i, port) in container.Items("ports").Index())
        {
            if (port["containerPort"].AsLong() is not { } number) problems.Required($"{path}.ports[{i}].containerPort");
            else if (number is < 1 or > 65535) problems.Invalid($"{path}.ports[{i}].containerPort", number, "must be between 1 and 65535, inclusive");
            if (port["protocol"]?.ToString() is { } protocol and not ("TCP" or "UDP" or "SCTP"))
                problems.Unsupported($"{path}.ports[{i}].protocol", protocol, "SCTP", "TCP", "UDP");
        }
        foreach (var (i, variable) in container.Items("env").Index())
            if (string.IsNullOrEmpty(variable["name"]?.ToString())) problems.Required($"{path}.env[{i}].name");
        if (container["imagePullPolicy"]?.ToString() is { } policy and not ("Always" or "IfNotPresent" or "Never"))
            problems.Unsupported($"{path}.imagePullPolicy", policy, "Always", "IfNotPresent", "Never");
    }

    /// <summary>What of a pod's spec cannot change.</summary>
    private static JsonObject Lasting(JsonObject pod)
    {
        var spec = (pod["spec"]?.DeepClone() as JsonObject) ?? [];
        // A pod is bound to its node, and its ephemeral containers added, through subresources; tolerations may be added.
        foreach (var name in new[] { "activeDeadlineSeconds", "tolerations", "nodeName", "ephemeralContainers", "schedulingGates" }) spec.Remove(name);
        foreach (var list in new[] { "containers", "initContainers" })
        {
            foreach (var container in spec.Items(list)) container.Remove("image");
        }
        return spec;
    }

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")]
    private static partial Regex Label();
}
