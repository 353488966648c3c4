using System.Text;
using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Kinds;

/// <summary>Defaults of Secrets.</summary>
internal static class SecretDefaults
{
    public static void Complete(JsonObject json)
    {
        json["type"] ??= "Opaque";
        // Written in plain text, and never read so.
        if (json["stringData"] is not JsonObject plain) return;
        json.Remove("stringData");
        if (plain.Count == 0) return;
        var data = json.Map("data");
        foreach (var (name, value) in plain) data[name] = Convert.ToBase64String(Encoding.UTF8.GetBytes(value?.ToString() ?? ""));
    }
}
