using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Data;

/// <summary>A ConfigMap near the size that etcd takes.</summary>
internal static class HugeConfigMap
{
    public static JsonObject Of(string name, int bytes) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "default" },
        ["data"] = new JsonObject { ["blob"] = new string('x', bytes) },
    };
}
