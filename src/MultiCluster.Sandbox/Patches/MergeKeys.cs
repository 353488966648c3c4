using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Patches;

/// <summary>Which lists a strategic merge patch merges, and by which field (the API types' patchStrategy and patchMergeKey). All others it replaces.</summary>
internal static class MergeKeys
{
    /// <summary>A list of plain values that is merged as a set.</summary>
    public const string Value = "";

    private static readonly Dictionary<string, string> Keys = new(StringComparer.Ordinal)
    {
        ["finalizers"] = Value,
        ["podCIDRs"] = Value,
        ["ownerReferences"] = "uid",
        ["conditions"] = "type",
        ["addresses"] = "type",
        ["containers"] = "name",
        ["initContainers"] = "name",
        ["ephemeralContainers"] = "name",
        ["env"] = "name",
        ["volumes"] = "name",
        ["imagePullSecrets"] = "name",
        ["secrets"] = "name",
        ["volumeMounts"] = "mountPath",
        ["volumeDevices"] = "devicePath",
        ["hostAliases"] = "ip",
        ["topologySpreadConstraints"] = "topologyKey",
    };

    /// <summary>The key of a list; null when the list is replaced as a whole.</summary>
    public static string? Of(string field, JsonArray patch)
    {
        if (Keys.TryGetValue(field, out var key)) return key;
        if (field != "ports") return null;
        // A container's ports and a Service's.
        return patch.Any(p => p?["containerPort"] is not null) ? "containerPort" : "port";
    }
}
