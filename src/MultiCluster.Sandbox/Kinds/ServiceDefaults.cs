using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Kinds;

/// <summary>Defaults of Services, and the addresses and ports that a server gives them.</summary>
internal static class ServiceDefaults
{
    public static void Complete(JsonObject json)
    {
        var spec = json.Map("spec");
        spec["sessionAffinity"] ??= "None";
        spec["type"] ??= "ClusterIP";
        foreach (var port in spec.Items("ports"))
        {
            port["protocol"] ??= "TCP";
            port["targetPort"] ??= port["port"]?.DeepClone();
        }
        if (IsOutside(spec)) spec["externalTrafficPolicy"] ??= "Cluster";
    }

    /// <summary>Gives it what it has none of: always the same for one name.</summary>
    public static void Allocate(JsonObject json)
    {
        var spec = json.Map("spec");
        if (spec["type"]?.ToString() == "ExternalName") return;
        var number = Hash($"{json["metadata"]!["namespace"]}/{json["metadata"]!["name"]}");
        spec["clusterIP"] ??= $"10.96.{number / 251 % 251 + 2}.{number % 251 + 2}";
        spec["clusterIPs"] ??= new JsonArray(spec["clusterIP"]!.DeepClone());
        if (!IsOutside(spec)) return;
        foreach (var port in spec.Items("ports")) port["nodePort"] ??= 30000 + (number++ % 2768);
    }

    private static bool IsOutside(JsonObject spec) => spec["type"]?.ToString() is "NodePort" or "LoadBalancer";

    // FNV-1a: .NET's own hash of a string differs from run to run.
    private static int Hash(string text) => (int)(text.Aggregate(2166136261u, (hash, c) => (hash ^ c) * 16777619u) & 0xffffff);
}
