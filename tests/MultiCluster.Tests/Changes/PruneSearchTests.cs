using MultiCluster.Api.Lists;
using MultiCluster.Changes;
using MultiCluster.Changes.Wanted;
using MultiCluster.FanOut;
using MultiCluster.Objects;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Changes;

/// <summary>What an apply that leaves nothing else would remove.</summary>
public sealed class PruneSearchTests
{
    [Fact]
    public async Task Only_what_this_module_applied_of_the_labels_and_kinds_and_is_no_longer_applied_is_found()
    {
        await using var fleet = await ChangeFleet.StartAsync();
        await fleet.ChangeAsync(ChangeFleet.Apply("""
            {apiVersion: v1, kind: ConfigMap, metadata: {name: stays, labels: {app: shop}}}
            ---
            {apiVersion: v1, kind: ConfigMap, metadata: {name: goes, labels: {app: shop}}}
            ---
            {apiVersion: v1, kind: ConfigMap, metadata: {name: other-label, labels: {app: blog}}}
            ---
            {apiVersion: v1, kind: ConfigMap, metadata: {name: elsewhere, namespace: default, labels: {app: shop}}}
            ---
            {apiVersion: v1, kind: Secret, metadata: {name: of-a-usual-kind, labels: {app: shop}}}
            ---
            {apiVersion: v1, kind: ServiceAccount, metadata: {name: of-another-kind, labels: {app: shop}}}
            """));
        fleet.Cluster().Store.Add("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"by-hand","namespace":"web","labels":{"app":"shop"}}}""");
        Assert.Equal(["ConfigMap web/goes", "Secret web/of-a-usual-kind"], await FindAsync(fleet, ChangeFleet.Apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: stays}}"), "app=shop"));
    }

    [Fact]
    public async Task Every_namespace_and_kind_of_the_call_is_looked_through()
    {
        await using var fleet = await ChangeFleet.StartAsync();
        await fleet.ChangeAsync(ChangeFleet.Apply("""
            {apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: default, labels: {app: shop}}}
            ---
            {apiVersion: v1, kind: ConfigMap, metadata: {name: b, labels: {app: shop}}}
            ---
            {apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: c, labels: {app: shop}}}
            """));
        var now = ChangeFleet.Apply("""
            {apiVersion: v1, kind: ConfigMap, metadata: {name: x, namespace: default}}
            ---
            {apiVersion: v1, kind: ConfigMap, metadata: {name: x}}
            ---
            {apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: x}}
            ---
            {apiVersion: example.com/v1, kind: Widget, metadata: {name: not-served-here}}
            """);
        Assert.Equal(["ClusterRole /c", "ConfigMap default/a", "ConfigMap web/b"], await FindAsync(fleet, now, "app=shop"));
    }

    private static async Task<IEnumerable<string>> FindAsync(ChangeFleet fleet, IReadOnlyList<ObjectChange> changes, string selector)
    {
        var search = new PruneSearch(changes, selector);
        await using var stream = new TestStream<KubeObject>(fleet.Session, new FanOutOptions(), null, (cluster, sink, stop) => search.FindAsync(cluster.Connection!, ChangeFleet.Namespace, CallContext.Default, sink, stop));
        await stream.EndAsync();
        Assert.Empty(stream.Faults);
        return stream.Objects.Select(static item => $"{item.Kind} {item.Namespace}/{item.Name}").Order(StringComparer.Ordinal);
    }
}
