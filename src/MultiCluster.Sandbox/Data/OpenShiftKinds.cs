using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Data;

/// <summary>The kinds of OpenShift and Gateway API that tools ask for: those that definitions define, and those of its extension servers.</summary>
internal static class OpenShiftKinds
{
    // group/version | kind | plural | N(amespaced) or C(luster) | short names
    private const string Defined = """
        config.openshift.io/v1|ClusterVersion|clusterversions|C|
        config.openshift.io/v1|ClusterOperator|clusteroperators|C|co
        machineconfiguration.openshift.io/v1|MachineConfigPool|machineconfigpools|C|mcp
        gateway.networking.k8s.io/v1|GatewayClass|gatewayclasses|C|gc
        gateway.networking.k8s.io/v1|Gateway|gateways|N|gtw
        gateway.networking.k8s.io/v1|HTTPRoute|httproutes|N|
        """;

    private const string Extended = """
        project.openshift.io/v1|Project|projects|C|
        route.openshift.io/v1|Route|routes|N|
        apps.openshift.io/v1|DeploymentConfig|deploymentconfigs|N|dc
        build.openshift.io/v1|BuildConfig|buildconfigs|N|bc
        image.openshift.io/v1|ImageStream|imagestreams|N|is
        """;

    public static void Add(ClusterStore store)
    {
        foreach (var field in Lines(Defined))
            store.Add(Definition(field[0].Split('/'), field));
        foreach (var field in Lines(Extended))
        {
            var group = field[0].Split('/');
            store.Kinds.Restore(new ResourceKind
            {
                Group = group[0],
                Versions = [new ServedVersion(group[1], [])],
                Kind = field[1],
                Plural = field[2],
                Singular = field[1].ToLowerInvariant(),
                Namespaced = field[3] == "N",
                ShortNames = Words(field[4]),
                Verbs = BuiltInKinds.StandardVerbs,
                Subresources = ["status"],
            });
        }
    }

    private static JsonObject Definition(string[] group, string[] field) => new()
    {
        ["apiVersion"] = "apiextensions.k8s.io/v1",
        ["kind"] = "CustomResourceDefinition",
        ["metadata"] = new JsonObject { ["name"] = $"{field[2]}.{group[0]}" },
        ["spec"] = new JsonObject
        {
            ["group"] = group[0],
            ["scope"] = field[3] == "N" ? "Namespaced" : "Cluster",
            ["names"] = new JsonObject
            {
                ["kind"] = field[1],
                ["listKind"] = $"{field[1]}List",
                ["plural"] = field[2],
                ["singular"] = field[1].ToLowerInvariant(),
                ["shortNames"] = new JsonArray([.. Words(field[4]).Select(word => (JsonNode)word)]),
            },
            ["versions"] = new JsonArray(new JsonObject
            {
                ["name"] = group[1],
                ["served"] = true,
                ["storage"] = true,
                ["subresources"] = new JsonObject { ["status"] = new JsonObject() },
                ["schema"] = new JsonObject { ["openAPIV3Schema"] = new JsonObject { ["type"] = "object", ["x-kubernetes-preserve-unknown-fields"] = true } },
            }),
        },
    };

    private static IEnumerable<string[]> Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => line.Split('|'));

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
