using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Helm;

/// <summary>Releases as Helm 3 keeps them, put into simulated clusters.</summary>
internal static class PlantedReleases
{
    /// <summary>Puts one revision of a release into a cluster, in a Secret or, with Helm's driver <c>configmap</c>, in a ConfigMap.</summary>
    public static void AddRelease(
        this SimulatedCluster cluster, string ns, string name, int revision, string state, string chart = "redis", string version = "18.1.0", string appVersion = "7.2.1", bool configMap = false)
    {
        var release = new JsonObject
        {
            ["name"] = name,
            ["info"] = new JsonObject { ["last_deployed"] = "2026-02-03T04:05:06Z", ["description"] = $"{state} {revision}", ["status"] = state },
            ["chart"] = new JsonObject { ["metadata"] = new JsonObject { ["name"] = chart, ["version"] = version, ["appVersion"] = appVersion }, ["templates"] = new JsonArray() },
            ["config"] = new JsonObject { ["replicas"] = revision, ["auth"] = new JsonObject { ["password"] = "s3cret" } },
            ["manifest"] = $"---\n# revision {revision}\nkind: Service\n",
            ["version"] = revision,
            ["namespace"] = ns,
        };
        cluster.AddStored(ns, name, revision, state, Packed(release.ToJsonString()), configMap);
    }

    /// <summary>Puts a payload of any kind where Helm keeps a release.</summary>
    public static void AddStored(this SimulatedCluster cluster, string ns, string name, int revision, string state, byte[] packed, bool configMap = false)
    {
        var text = Convert.ToBase64String(packed);
        var stored = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = configMap ? "ConfigMap" : "Secret",
            ["metadata"] = new JsonObject
            {
                ["name"] = $"sh.helm.release.v1.{name}.v{revision}",
                ["namespace"] = ns,
                ["labels"] = new JsonObject { ["owner"] = "helm", ["name"] = name, ["status"] = state, ["version"] = revision.ToString(CultureInfo.InvariantCulture), ["modifiedAt"] = "1770091506" },
            },
            ["data"] = new JsonObject { ["release"] = configMap ? text : Convert.ToBase64String(Encoding.ASCII.GetBytes(text)) },
        };
        if (!configMap)
            stored["type"] = "helm.sh/release.v1";
        cluster.Store.Add(stored);
    }

    private static byte[] Packed(string json)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(json));
        return packed.ToArray();
    }
}
