using System.Text.Json.Nodes;
using MultiCluster.Nodes;
using MultiCluster.Nodes.Planning;
using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;
using MultiCluster.Tests.Objects.Kinds;

namespace MultiCluster.Tests.Nodes;

/// <summary>Nodes, pods and budgets for a drain, as a cluster sends them.</summary>
internal static class DrainSample
{
    public const string DaemonSetUid = "ds-1";

    /// <summary>A running, ready pod of a ReplicaSet on node-1, changed as a test wants it.</summary>
    public static KubePod Pod(string name = "a", string ns = "web", Action<JsonObject>? change = null)
    {
        var pod = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = ns, ["uid"] = $"uid-{name}", ["labels"] = new JsonObject { ["app"] = "web" }, ["ownerReferences"] = new JsonArray(Owner("ReplicaSet", "web-7d9", "rs-1")) },
            ["spec"] = new JsonObject { ["nodeName"] = "node-1" },
            ["status"] = new JsonObject { ["phase"] = "Running", ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Ready", ["status"] = "True" }) },
        };
        change?.Invoke(pod);
        return Sample.Read<KubePod>(pod.ToJsonString());
    }

    /// <inheritdoc cref="Pod"/>
    public static PodFacts Facts(string name = "a", string ns = "web", Action<JsonObject>? change = null) => new(Pod(name, ns, change), "node-1");

    public static JsonObject Owner(string kind, string name, string uid) =>
        new() { ["apiVersion"] = "apps/v1", ["kind"] = kind, ["name"] = name, ["uid"] = uid, ["controller"] = true };

    public static void OwnedBy(this JsonObject pod, string kind, string name, string uid) => pod["metadata"]!["ownerReferences"] = new JsonArray(Owner(kind, name, uid));

    public static void Unmanaged(this JsonObject pod) => ((JsonObject)pod["metadata"]!).Remove("ownerReferences");

    public static void WithEmptyDir(this JsonObject pod, params string[] names) =>
        pod["spec"]!["volumes"] = new JsonArray([.. names.Select(name => new JsonObject { ["name"] = name, ["emptyDir"] = new JsonObject() }), new JsonObject { ["name"] = "cm", ["configMap"] = new JsonObject { ["name"] = "x" } }]);

    public static void InPhase(this JsonObject pod, string phase) => pod["status"]!["phase"] = phase;

    public static void NotReady(this JsonObject pod) => pod["status"]!["conditions"]![0]!["status"] = "False";

    public static void Mirrors(this JsonObject pod)
    {
        pod.OwnedBy("Node", "node-1", "n-1");
        pod["metadata"]!["annotations"] = new JsonObject { ["kubernetes.io/config.mirror"] = "hash" };
    }

    public static void DeletedFor(this JsonObject pod, TimeSpan age) => pod["metadata"]!["deletionTimestamp"] = (Sample.Now - age).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);

    public static KubeNode Node(string name = "node-1", bool unschedulable = false, string uid = "n-1") =>
        Sample.Read<KubeNode>($$"""{"apiVersion":"v1","kind":"Node","metadata":{"name":"{{name}}","uid":"{{uid}}","resourceVersion":"1"},"spec":{"unschedulable":{{(unschedulable ? "true" : "false")}}} }""");

    /// <summary>A budget of the namespace web for app=web.</summary>
    public static KubePodDisruptionBudget Budget(
        string name = "web", string spec = "\"minAvailable\":2", int allowed = 0, int healthy = 3, int desired = 2, int expected = 3, string selector = """{"matchLabels":{"app":"web"}}""", string conditions = "", int observed = 1, string apiVersion = "policy/v1") =>
        Sample.Read<KubePodDisruptionBudget>(
            $$"""
            {"apiVersion":"{{apiVersion}}","kind":"PodDisruptionBudget","metadata":{"name":"{{name}}","namespace":"web","generation":1},
             "spec":{ {{spec}},"selector":{{selector}} },
             "status":{"observedGeneration":{{observed}},"disruptionsAllowed":{{allowed}},"currentHealthy":{{healthy}},"desiredHealthy":{{desired}},"expectedPods":{{expected}},"conditions":[ {{conditions}} ]} }
            """,
            apiVersion);

    public static PodFilterContext Context(DrainOptions? options = null) => new(
        options ?? new DrainOptions(),
        options?.PodSelector is { } selector ? LabelMatch.Of(selector) : null,
        uid => uid == DaemonSetUid,
        Sample.Now);

    public static PodJudge Judge(DrainOptions? options = null, params KubePodDisruptionBudget[] budgets) => new(Context(options), new BudgetIndex(budgets));
}
