using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Data;

internal static class ClusterGenerator
{
    public static void Fill(ClusterStore store, FleetOptions options, SeededRandom random)
    {
        foreach (var ns in new[] { "default", "kube-system", "web" })
            store.Add($$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{ns}}}"},"status":{"phase":"Active"}}""");
    }
}
