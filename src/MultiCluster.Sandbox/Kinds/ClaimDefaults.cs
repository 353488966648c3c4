using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Kinds;

/// <summary>Defaults of PersistentVolumeClaims.</summary>
internal static class ClaimDefaults
{
    public static void Complete(JsonObject json)
    {
        var spec = json.Map("spec");
        spec.Map("resources");
        spec["volumeMode"] ??= "Filesystem";
        json.Map("status")["phase"] ??= "Pending";
    }

    /// <summary>A claim in a StatefulSet.</summary>
    public static void CompleteTemplate(JsonObject claim)
    {
        claim["apiVersion"] ??= "v1";
        claim["kind"] ??= "PersistentVolumeClaim";
        Complete(claim);
    }
}
