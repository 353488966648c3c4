using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Hostile;

/// <summary>
/// A cluster for each hostile text, which it puts wherever a server can put one; its context's name is the text, too. All are selected in
/// one PowerShell.
/// </summary>
public sealed class HostileFleet : IAsyncLifetime
{
    /// <summary>A kind whose columns are hostile.</summary>
    private const string Definition = """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"gadgets.example.org"},
         "spec":{"group":"example.org","scope":"Namespaced","names":{"kind":"Gadget","plural":"gadgets","singular":"gadget"},
          "versions":[{"name":"v1","served":true,"storage":true,"additionalPrinterColumns":[]}]} }
        """;

    private SimulatedFleet _fleet = null!;

    internal SimulatedFleet Fleet => _fleet;

    internal Shell Shell { get; private set; } = null!;

    /// <summary>The text of each cluster, by its id.</summary>
    internal IReadOnlyDictionary<string, string> Texts { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await SimulatedFleet.StartAsync(
            new FleetOptions { Clusters = HostileText.All.Count, Pods = 6, Nodes = 3, LogLinesPerSecond = 0 }, TestContext.Current.CancellationToken);
        Shell = new Shell(_fleet);
        var files = new List<string>();
        foreach (var (cluster, text, script) in _fleet.Clusters.Zip(HostileText.All, HostileText.Scripts))
        {
            cluster.Poison(text);
            AddCustomKinds(cluster, text);
            AddAnswers(cluster, text);
            AddLogs(cluster, text);
            AddNamed(cluster, script);
            files.Add(Shell.WriteContexts($"kubeconfigs/{cluster.Name}", cluster.Name, cluster.Name + text));
        }

        Shell.WriteContexts("quoted", _fleet.Clusters[0].Name, HostileText.Scripts);
        Shell["files"] = files;
        var run = Shell.Run("Select-KubeCluster -All -Kubeconfig $files");
        Assert.Empty(run.Errors);
        Texts = run.Of<Clusters.KubeCluster>().Zip(HostileText.All).ToDictionary(static pair => pair.First.ClusterId, static pair => pair.Second);
    }

    public ValueTask DisposeAsync()
    {
        Shell.Dispose();
        return _fleet.DisposeAsync();
    }

    private static void AddCustomKinds(SimulatedCluster cluster, string text)
    {
        var definition = JsonNode.Parse(Definition)!.AsObject();
        var names = definition["spec"]!["names"]!;
        names["shortNames"] = new JsonArray("gg" + text);
        names["categories"] = new JsonArray("all" + text);
        definition["spec"]!["versions"]![0]!["additionalPrinterColumns"] = new JsonArray(
            Column(text, "string"), Column("Wide" + text, text), Column("Name", "string"), Column("Age", "integer"), Column("ClusterName", "string"));
        cluster.Store.Add(definition);

        // Another of whose names nothing is fit for use.
        var evil = definition.DeepClone().AsObject();
        evil["metadata"]!["name"] = "evil" + text;
        evil["spec"]!["group"] = "example.net" + text;
        evil["spec"]!["names"] = new JsonObject { ["kind"] = "Evil" + text, ["plural"] = "evils" + text, ["singular"] = "evil" + text };
        cluster.Store.Add(evil);

        cluster.Store.Add(new JsonObject
        {
            ["apiVersion"] = "example.org/v1",
            ["kind"] = "Gadget",
            ["metadata"] = new JsonObject { ["name"] = "gadget" + text, ["namespace"] = "web" + text },
            ["spec"] = new JsonObject { ["word"] = text + '\0' },
            ["psobject"] = text,
            ["extra"] = text,
            ["Extra"] = text,
            [text] = text,
        });

        static JsonObject Column(string name, string type) => new() { ["name"] = name, ["type"] = type, ["jsonPath"] = ".spec.word" };
    }

    private static void AddAnswers(SimulatedCluster cluster, string text)
    {
        cluster.Faults.Add(Says(403, Status(text, "Forbidden" + text)).When(static r => r.Resource == "leases"));
        cluster.Faults.Add(Says(429, Status(text, "TooManyRequests")).When(static r => r.Subresource == "eviction"));
        cluster.Faults.Add(Says(409, Status(text, "Conflict")).When(static r => r.Verb == "delete" || (r.Verb == "patch" && r.Name?.StartsWith("node-1", StringComparison.Ordinal) is not true)));
        cluster.Faults.Add(Says(201, Review(text)).When(static r => r is { Resource: "selfsubjectaccessreviews", Name: "" or null } && r.Verb == "create").Times(int.MaxValue));
    }

    /// <summary>Objects whose names a terminal may show, so that Tab offers them.</summary>
    private static void AddNamed(SimulatedCluster cluster, string script)
    {
        foreach (var (apiVersion, kind) in new[] { ("v1", "Namespace"), ("v1", "Node"), ("v1", "Pod"), ("policy/v1", "PodDisruptionBudget") })
        {
            cluster.Store.Add(new JsonObject
            {
                ["apiVersion"] = apiVersion,
                ["kind"] = kind,
                ["metadata"] = new JsonObject { ["name"] = script },
                ["spec"] = new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["name"] = script, ["image"] = "x" }) },
            });
        }
    }

    private static ClusterFault Says(int status, string json) => ClusterFault.Says(Encoding.UTF8.GetBytes(json), status);

    private static string Status(string text, string reason) => $$"""
        {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":{{Json(text)}},"reason":{{Json(reason)}},
         "details":{"name":{{Json(text)}},"kind":{{Json(text)}},"causes":[{"reason":"DisruptionBudget","message":{{Json("half \\ud800 \0 " + text)}},"field":{{Json(text)}}}]} }
        """.Replace(@"\\ud800", @"\ud800", StringComparison.Ordinal);

    private static string Review(string text) => $$"""
        {"kind":"SelfSubjectAccessReview","apiVersion":"authorization.k8s.io/v1","metadata":{},"spec":{},"status":{"allowed":true,"reason":{{Json(text)}} } }
        """;

    private static string Json(string text) => JsonSerializer.Serialize(text);

    private static void AddLogs(SimulatedCluster cluster, string text)
    {
        var line = text.Replace("\n", "", StringComparison.Ordinal);
        foreach (var pod in cluster.Store.List("pods"))
        {
            foreach (var container in pod.ToJson()["spec"]!["containers"]!.AsArray())
            {
                try
                {
                    var log = cluster.Logs.Of(pod.Namespace, pod.Name, $"{container!["name"]}");
                    log.Append(line + "\0\e[31mred");
                    log.Append(new JsonObject { ["message"] = text, [text] = text, ["Source"] = text, ["psobject"] = text }.ToJsonString());
                }
                catch (InvalidOperationException)
                {
                    // It has not run.
                }
            }
        }
    }
}
