using System.Text.Json.Nodes;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Views;

/// <summary>Clusters whose names look alike, with kinds of External Secrets, Argo CD, Flux and Crossplane, and one that is meant to do harm.</summary>
public sealed class KindFleet : IAsyncLifetime
{
    /// <summary>Where their objects are, those of namespaces.</summary>
    public const string Namespace = "payments-gateway-production";

    private static readonly string[] Texts = ["\e[31mred\e[0m\e]0;title\a", "\u202eevil\u202c", "支払い-ゲートウェイ-本番環境-東京-データベース", new('a', 200), "one\ntwo\tthree\rfour"];

    private readonly StoppedClock _clock = new();
    private SimulatedFleet _fleet = null!;

    public static IReadOnlyList<string> Kinds { get; } = ["ExternalSecret", "Application", "Kustomization", "XPostgreSQLInstance", "Hostile"];

    public async ValueTask InitializeAsync()
    {
        _fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = ViewRows.LookAlikes.Count, Names = ViewRows.LookAlikes, Pods = 0, Time = _clock }, TestContext.Current.CancellationToken);
        foreach (var (cluster, number) in _fleet.Clusters.Select(static (cluster, number) => (cluster, number)))
        {
            Define(cluster, "external-secrets.io", "ExternalSecret", true, ("StoreType", "string", ".spec.secretStoreRef.kind", 0), ("Store", "string", ".spec.secretStoreRef.name", 0), ("Refresh Interval", "string", ".spec.refreshInterval", 0), ("Status", "string", Condition("Ready", "reason"), 0), ("Ready", "string", Condition("Ready", "status"), 0));
            Add(cluster, "external-secrets.io", "ExternalSecret", $"{Namespace}-tls-{number}", number, """{"secretStoreRef":{"kind":"ClusterSecretStore","name":"payments-production-vault"},"refreshInterval":"1h0m0s"}""", Ready(number, "Secret was synced", number == 3 ? "SecretSyncedError" : "SecretSynced"));
            Define(cluster, "argoproj.io", "Application", true, ("Sync Status", "string", ".status.sync.status", 0), ("Health Status", "string", ".status.health.status", 0), ("Revision", "string", ".status.sync.revision", 10), ("Project", "string", ".spec.project", 10));
            Add(cluster, "argoproj.io", "Application", $"{Namespace}-{number}", number, """{"project":"payments"}""", $$"""{"sync":{"status":"{{(number % 2 == 0 ? "Synced" : "OutOfSync")}}","revision":"0a1b2c3d4e5f60718293a4b5c6d7e8f901234567"},"health":{"status":"{{(number < 3 ? "Healthy" : "Progressing")}}"} }""");
            Define(cluster, "kustomize.toolkit.fluxcd.io", "Kustomization", true, Created, ("Ready", "string", Condition("Ready", "status"), 0), ("Status", "string", Condition("Ready", "message"), 0));
            Add(cluster, "kustomize.toolkit.fluxcd.io", "Kustomization", $"{Namespace}-{number}", number, "{}", Ready(number, "Applied revision: main@sha1:0a1b2c3d4e5f60718293a4b5c6d7e8f901234567"));
            Define(cluster, "database.example.org", "XPostgreSQLInstance", false, ("SYNCED", "string", Condition("Synced", "status"), 0), ("READY", "string", Condition("Ready", "status"), 0), ("COMPOSITION", "string", ".spec.compositionRef.name", 0), ("COMPOSITIONREVISION", "string", ".spec.compositionRevisionRef.name", 1), Created);
            Add(cluster, "database.example.org", "XPostgreSQLInstance", $"payments-{number}-x2x7k", number, """{"compositionRef":{"name":"xpostgresqlinstances.aws.database.example.org"},"compositionRevisionRef":{"name":"xpostgresqlinstances.aws.database.example.org-0a1b2c3"}}""", Ready(number, "x"));
            Define(cluster, "hostile.example.org", "Hostile", true,
            [
                ("Name", "string", ".spec.text", 0), ("ClusterName", "string", ".spec.text", 0), ("Age", "integer", ".spec.number", 0), ("namespace", "string", ".spec.text", 0), ("$(Get-Date)']", "string", ".spec.text", 0),
                .. Texts.Select(static text => (text, "string", ".spec.text", 0)),
                .. Enumerable.Range(0, 30).Select(static at => ($"Status {at}", at % 2 == 0 ? "string" : "integer", at % 2 == 0 ? ".spec.text" : ".spec.number", 0)),
            ]);
            Add(cluster, "hostile.example.org", "Hostile", $"{new string('h', 240)}-{number}", number, new JsonObject { ["text"] = Texts[number], ["number"] = long.MaxValue }.ToJsonString(), "{}");
        }
    }

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    /// <summary>A PowerShell in front of them, at their time.</summary>
    internal Shell Open() => new Shell(_fleet, time: _clock).Select("*");

    private static (string, string, string, int) Created => ("Age", "date", ".metadata.creationTimestamp", 0);

    private static string Condition(string type, string field) => $".status.conditions[?(@.type==\"{type}\")].{field}";

    private static string Ready(int number, string message, string reason = "Ready") =>
        $$"""{"conditions":[{"type":"Synced","status":"True"},{"type":"Ready","status":"{{(number == 3 ? "False" : number == 4 ? "Unknown" : "True")}}","reason":"{{reason}}","message":"{{message}}"}]}""";

    private static void Define(SimulatedCluster cluster, string group, string kind, bool namespaced, params IEnumerable<(string Name, string Type, string JsonPath, int Priority)> columns)
    {
        var plural = $"{kind.ToLowerInvariant()}s";
        var definition = new JsonObject
        {
            ["apiVersion"] = "apiextensions.k8s.io/v1",
            ["kind"] = "CustomResourceDefinition",
            ["metadata"] = new JsonObject { ["name"] = $"{plural}.{group}" },
            ["spec"] = new JsonObject
            {
                ["group"] = group,
                ["scope"] = namespaced ? "Namespaced" : "Cluster",
                ["names"] = new JsonObject { ["kind"] = kind, ["plural"] = plural, ["singular"] = kind.ToLowerInvariant() },
                ["versions"] = new JsonArray(new JsonObject
                {
                    ["name"] = "v1",
                    ["served"] = true,
                    ["storage"] = true,
                    ["additionalPrinterColumns"] = new JsonArray([.. columns.Select(static column => new JsonObject { ["name"] = column.Name, ["type"] = column.Type, ["jsonPath"] = column.JsonPath, ["priority"] = column.Priority })]),
                }),
            },
        };
        cluster.Store.Add(definition);
    }

    private void Add(SimulatedCluster cluster, string group, string kind, string name, int number, string spec, string status)
    {
        var metadata = new JsonObject { ["name"] = name, ["creationTimestamp"] = $"{_clock.GetUtcNow().AddDays(-12 - number):yyyy-MM-ddTHH:mm:ssZ}" };
        if (kind != "XPostgreSQLInstance")
            metadata["namespace"] = Namespace;
        cluster.Store.Add(new JsonObject { ["apiVersion"] = $"{group}/v1", ["kind"] = kind, ["metadata"] = metadata, ["spec"] = JsonNode.Parse(spec), ["status"] = JsonNode.Parse(status) });
    }
}
