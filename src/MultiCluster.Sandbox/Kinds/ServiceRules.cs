using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Kinds;

/// <summary>Rules for Services.</summary>
internal static partial class ServiceRules
{
    private const string NameRule =
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character "
        + "(e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

    public static void Check(JsonObject? before, JsonObject json, Problems problems)
    {
        var name = json["metadata"]!["name"]!.ToString();
        if (!Label().IsMatch(name)) problems.Invalid("metadata.name", name, NameRule);
        var spec = json["spec"] as JsonObject ?? [];
        var type = spec["type"]?.ToString() ?? "";
        var ports = spec.Items("ports").ToList();
        if (ports.Count == 0 && type != "ExternalName" && spec["clusterIP"]?.ToString() != "None") problems.Required("spec.ports");
        for (var i = 0; i < ports.Count; i++) CheckPort(ports[i], $"spec.ports[{i}]", ports.Count > 1, problems);
        if (type is not ("ClusterIP" or "ExternalName" or "LoadBalancer" or "NodePort"))
            problems.Unsupported("spec.type", type, "ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
        if (type == "ExternalName" && string.IsNullOrEmpty(spec["externalName"]?.ToString())) problems.Required("spec.externalName");
        if (before?["spec"] is not JsonObject old || old["type"]?.ToString() == "ExternalName" || type == "ExternalName") return;
        if (old["clusterIP"] is null || JsonNode.DeepEquals(old["clusterIP"], spec["clusterIP"])) return;
        var given = new JsonArray(spec["clusterIP"]?.DeepClone());
        if (spec["clusterIP"] is null) problems.Invalid("spec.clusterIPs[0]", GoValue.Strings(null), "primary clusterIP can not be unset");
        else problems.Invalid("spec.clusterIPs[0]", GoValue.Strings(given), "may not change once set");
    }

    private static void CheckPort(JsonObject port, string path, bool several, Problems problems)
    {
        if (several && string.IsNullOrEmpty(port["name"]?.ToString())) problems.Required($"{path}.name");
        CheckNumber(port["port"].AsLong() ?? 0, $"{path}.port", problems);
        if (port["protocol"]?.ToString() is { } protocol and not ("TCP" or "UDP" or "SCTP"))
            problems.Unsupported($"{path}.protocol", protocol, "SCTP", "TCP", "UDP");
        if (port["targetPort"].AsLong() is { } target) CheckNumber(target, $"{path}.targetPort", problems);
    }

    private static void CheckNumber(long number, string field, Problems problems)
    {
        if (number is < 1 or > 65535) problems.Invalid(field, number, "must be between 1 and 65535, inclusive");
    }

    [GeneratedRegex("^[a-z]([-a-z0-9]*[a-z0-9])?$")]
    private static partial Regex Label();
}
