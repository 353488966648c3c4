using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Data;

/// <summary>One revision of a release, and the Secret that Helm 3 keeps it in: JSON in gzip in base64, which a Secret has in base64 once more.</summary>
internal sealed record HelmRelease(string Namespace, string Name, int Revision)
{
    public required string ChartVersion { get; init; }

    public required string AppVersion { get; init; }

    /// <summary>Helm's status.</summary>
    public string State { get; init; } = "superseded";

    public string Description { get; init; } = "Upgrade complete";

    /// <summary>The release's first revision was so long ago.</summary>
    public required TimeSpan FirstAge { get; init; }

    public required TimeSpan Age { get; init; }

    /// <summary>The values that its user gave, as JSON.</summary>
    public string Values { get; init; } = "{}";

    /// <summary>The chart's own values, as JSON.</summary>
    public string ChartValues { get; init; } = "{}";

    /// <summary>The image that its manifest runs.</summary>
    public required string Image { get; init; }

    /// <summary>The Secret.</summary>
    public Draft ToDraft(World world) => new("secrets", Namespace, $"sh.helm.release.v1.{Name}.v{Revision}")
    {
        Age = Age,
        Labels =
        [
            ("modifiedAt", (world.Now - Age).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)), ("name", Name), ("owner", "helm"), ("status", State),
            ("version", Revision.ToString(CultureInfo.InvariantCulture)),
        ],
        ManagedFields = ManagedFields.Of("v1", world.Ago(Age), """{"f:data":{".":{},"f:release":{}},"f:type":{}}"""),
        Body = $"\"data\":{{\"release\":\"{Convert.ToBase64String(Encoding.ASCII.GetBytes(Convert.ToBase64String(Packed(ToJson(world)))))}\"}},\"type\":\"helm.sh/release.v1\"",
    };

    private string ToJson(World world) => new JsonObject
    {
        ["name"] = Name,
        ["info"] = new JsonObject
        {
            ["first_deployed"] = world.Ago(FirstAge),
            ["last_deployed"] = world.Ago(Age),
            ["deleted"] = "",
            ["description"] = Description,
            ["status"] = State,
            ["notes"] = $"{Name} is in namespace {Namespace}. Look at it with:\n\n  kubectl get pods --namespace {Namespace} -l app.kubernetes.io/instance={Name}\n",
        },
        ["chart"] = new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = Name, ["home"] = $"https://charts.example.com/{Name}", ["version"] = ChartVersion, ["description"] = $"A chart for {Name}", ["apiVersion"] = "v2", ["appVersion"] = AppVersion, ["type"] = "application" },
            ["lock"] = null,
            ["templates"] = new JsonArray(new JsonObject { ["name"] = "templates/deployment.yaml", ["data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(Template)) }),
            ["values"] = JsonNode.Parse(ChartValues),
            ["schema"] = null,
            ["files"] = new JsonArray(),
        },
        ["config"] = JsonNode.Parse(Values),
        ["manifest"] = Manifest,
        ["version"] = Revision,
        ["namespace"] = Namespace,
    }.ToJsonString();

    private const string Template = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Release.Name }}\nspec:\n  replicas: {{ .Values.replicaCount }}\n";

    private string Manifest => $"""
        ---
        # Source: {Name}/templates/serviceaccount.yaml
        apiVersion: v1
        kind: ServiceAccount
        metadata:
          name: {Name}
          namespace: {Namespace}
        ---
        # Source: {Name}/templates/deployment.yaml
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: {Name}
          namespace: {Namespace}
          labels:
            helm.sh/chart: {Name}-{ChartVersion}
            app.kubernetes.io/managed-by: Helm
        spec:
          replicas: {JsonNode.Parse(Values)!["replicaCount"] ?? 1}
          template:
            spec:
              containers:
                - name: app
                  image: {Image}

        """;

    private static byte[] Packed(string json)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(Encoding.UTF8.GetBytes(json));
        return packed.ToArray();
    }
}
