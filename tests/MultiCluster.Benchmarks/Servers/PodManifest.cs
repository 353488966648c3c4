using System.Text.Json.Nodes;

namespace MultiCluster.Benchmarks.Servers;

/// <summary>A pod as large as those of production: about 5 KB with what the server adds.</summary>
internal static class PodManifest
{
    public const int Nodes = 100;

    public static JsonObject Of(int number)
    {
        var app = $"app-{number % 250}";
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{app}-7d9f8b6c5d-{number:x5}",
                ["labels"] = new JsonObject
                {
                    ["app.kubernetes.io/name"] = app,
                    ["app.kubernetes.io/instance"] = $"{app}-production",
                    ["app.kubernetes.io/managed-by"] = "Helm",
                    ["tier"] = number % 3 == 0 ? "frontend" : "backend",
                    ["pod-template-hash"] = "7d9f8b6c5d",
                },
                ["annotations"] = new JsonObject
                {
                    ["prometheus.io/scrape"] = "true",
                    ["prometheus.io/port"] = "9102",
                    ["checksum/config"] = $"{number:x8}5f2b1c9ae04d7f6bb1e0c3a59d8842771f0a3e6cb5d92e48a7c610",
                },
            },
            ["spec"] = new JsonObject
            {
                ["nodeName"] = $"node-{number % Nodes}",
                ["serviceAccountName"] = app,
                ["containers"] = new JsonArray(Container("web", app, 8080, probed: true), Container("sidecar", app, 9102, probed: false)),
                ["tolerations"] = new JsonArray(Toleration("not-ready"), Toleration("unreachable")),
                ["volumes"] = new JsonArray(
                    new JsonObject { ["name"] = "config", ["configMap"] = new JsonObject { ["name"] = $"{app}-config" } },
                    new JsonObject { ["name"] = "cache", ["emptyDir"] = new JsonObject() }),
            },
        };
    }

    private static JsonObject Container(string name, string app, int port, bool probed) => new()
    {
        ["name"] = name,
        ["image"] = $"registry.example.com/platform/{app}/{name}:2024.11.3-7d9f8b6c5d",
        ["ports"] = new JsonArray(new JsonObject { ["name"] = "http", ["containerPort"] = port }),
        ["env"] = new JsonArray(
            Variable("SERVICE_NAME", app),
            Variable("OTEL_EXPORTER_OTLP_ENDPOINT", "http://otel-collector.observability.svc.cluster.local:4317"),
            Variable("DATABASE_HOST", $"{app}-postgresql.databases.svc.cluster.local")),
        ["resources"] = new JsonObject
        {
            ["requests"] = new JsonObject { ["cpu"] = "100m", ["memory"] = "128Mi" },
            ["limits"] = new JsonObject { ["cpu"] = "500m", ["memory"] = "512Mi" },
        },
        ["readinessProbe"] = probed
            ? new JsonObject { ["httpGet"] = new JsonObject { ["path"] = "/healthz/ready", ["port"] = "http" }, ["periodSeconds"] = 10 }
            : null,
        ["volumeMounts"] = new JsonArray(
            new JsonObject { ["name"] = "config", ["mountPath"] = "/etc/app/config", ["readOnly"] = true },
            new JsonObject { ["name"] = "cache", ["mountPath"] = "/var/cache/app" }),
    };

    private static JsonObject Variable(string name, string value) => new() { ["name"] = name, ["value"] = value };

    private static JsonObject Toleration(string condition) => new()
    {
        ["key"] = $"node.kubernetes.io/{condition}",
        ["operator"] = "Exists",
        ["effect"] = "NoExecute",
        ["tolerationSeconds"] = 300,
    };
}
