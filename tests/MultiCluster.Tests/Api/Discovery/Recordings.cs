namespace MultiCluster.Tests.Api.Discovery;

/// <summary>Discovery documents in the words of real servers, cut to a few kinds.</summary>
internal static class Recordings
{
    /// <summary>A server of 1.30 or later.</summary>
    public static Dictionary<string, string> Aggregated(string version = "v2") => new()
    {
        ["/api"] = """
            {"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/VERSION","metadata":{},"items":[
              {"metadata":{"creationTimestamp":null},"versions":[{"version":"v1","freshness":"Current","resources":[
                {"resource":"events","responseKind":{"group":"","version":"","kind":"Event"},"scope":"Namespaced","singularResource":"event","verbs":["create","get","list","watch"],"shortNames":["ev"]},
                {"resource":"nodes","responseKind":{"group":"","version":"","kind":"Node"},"scope":"Cluster","singularResource":"node","verbs":["get","list","watch"],"shortNames":["no"],
                  "subresources":[{"subresource":"proxy","responseKind":{"group":"","version":"","kind":"NodeProxyOptions"},"verbs":["get"]},{"subresource":"status","responseKind":{"group":"","version":"","kind":"Node"},"verbs":["get"]}]},
                {"resource":"pods","responseKind":{"group":"","version":"","kind":"Pod"},"scope":"Namespaced","singularResource":"pod","verbs":["create","get","list","watch"],"shortNames":["po"],"categories":["all"],
                  "subresources":[{"subresource":"log","responseKind":{"group":"","version":"","kind":"Pod"},"verbs":["get"]},{"subresource":"eviction","responseKind":{"group":"policy","version":"v1","kind":"Eviction"},"verbs":["create"]}]}
              ]}]}]}
            """.Replace("VERSION", version, StringComparison.Ordinal),
        ["/apis"] = """
            {"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/VERSION","metadata":{},"items":[
              {"metadata":{"name":"apps","creationTimestamp":null},"versions":[{"version":"v1","freshness":"Current","resources":[
                {"resource":"deployments","responseKind":{"group":"","version":"","kind":"Deployment"},"scope":"Namespaced","singularResource":"deployment","verbs":["get","list"],"shortNames":["deploy"],"categories":["all"],"subresources":[{"subresource":"scale","responseKind":{"group":"autoscaling","version":"v1","kind":"Scale"},"verbs":["get"]}]}]}]},
              {"metadata":{"name":"events.k8s.io"},"versions":[{"version":"v1","freshness":"Current","resources":[
                {"resource":"events","responseKind":{"group":"","version":"","kind":"Event"},"scope":"Namespaced","singularResource":"event","verbs":["get","list"],"shortNames":["ev"]}]}]},
              {"metadata":{"name":"autoscaling"},"versions":[
                {"version":"v2","freshness":"Current","resources":[{"resource":"horizontalpodautoscalers","responseKind":{"group":"","version":"","kind":"HorizontalPodAutoscaler"},"scope":"Namespaced","singularResource":"horizontalpodautoscaler","verbs":["get","list"],"shortNames":["hpa"]}]},
                {"version":"v1","freshness":"Current","resources":[{"resource":"horizontalpodautoscalers","responseKind":{"group":"","version":"","kind":"HorizontalPodAutoscaler"},"scope":"Namespaced","singularResource":"horizontalpodautoscaler","verbs":["get","list"],"shortNames":["hpa"]}]}]},
              {"metadata":{"name":"networking.k8s.io"},"versions":[{"version":"v1","freshness":"Current","resources":[
                {"resource":"ingresses","responseKind":{"group":"","version":"","kind":"Ingress"},"scope":"Namespaced","singularResource":"ingress","verbs":["get","list"],"shortNames":["ing"]},
                {"resource":"orphans","responseKind":null,"scope":"Namespaced","singularResource":"","verbs":null,"subresources":[{"subresource":"status","verbs":["get"]}]}]}]},
              {"metadata":{"name":"cluster.x-k8s.io"},"versions":[
                {"version":"v1beta1","freshness":"Current","resources":[{"resource":"clusters","responseKind":{"group":"cluster.x-k8s.io","version":"v1beta1","kind":"Cluster"},"scope":"Namespaced","singularResource":"cluster","verbs":["get","list"],"shortNames":["cl"],"categories":["cluster-api"]}]}]},
              {"metadata":{"name":"postgresql.cnpg.io"},"versions":[
                {"version":"v1","freshness":"Current","resources":[{"resource":"clusters","responseKind":{"group":"postgresql.cnpg.io","version":"v1","kind":"Cluster"},"scope":"Namespaced","singularResource":"cluster","verbs":["get","list"]}]}]},
              {"metadata":{"name":"metrics.k8s.io"},"versions":[{"version":"v1beta1","freshness":"Stale","resources":[
                {"resource":"pods","responseKind":{"group":"","version":"","kind":"PodMetrics"},"scope":"Namespaced","singularResource":"pod","verbs":["get","list"]}]}]}]}
            """.Replace("VERSION", version, StringComparison.Ordinal),
    };

    /// <summary>A server of 1.20: no aggregated discovery, Ingress in two groups, no singular names of built-in kinds.</summary>
    public static Dictionary<string, string> Legacy() => new()
    {
        ["/api"] = """{"kind":"APIVersions","versions":["v1"],"serverAddressByClientCIDRs":[{"clientCIDR":"0.0.0.0/0","serverAddress":"10.0.0.1:6443"}]}""",
        ["/api/v1"] = """
            {"kind":"APIResourceList","groupVersion":"v1","resources":[
              {"name":"events","singularName":"","namespaced":true,"kind":"Event","verbs":["create","get","list","watch"],"shortNames":["ev"],"storageVersionHash":"r2yiGXH7wu8="},
              {"name":"pods","singularName":"","namespaced":true,"kind":"Pod","verbs":["create","get","list","watch"],"shortNames":["po"],"categories":["all"]},
              {"name":"pods/eviction","singularName":"","namespaced":true,"group":"policy","version":"v1beta1","kind":"Eviction","verbs":["create"]},
              {"name":"pods/log","singularName":"","namespaced":true,"kind":"Pod","verbs":["get"]}]}
            """,
        ["/apis"] = """
            {"kind":"APIGroupList","apiVersion":"v1","groups":[
              {"name":"extensions","versions":[{"groupVersion":"extensions/v1beta1","version":"v1beta1"}],"preferredVersion":{"groupVersion":"extensions/v1beta1","version":"v1beta1"}},
              {"name":"apps","versions":[{"groupVersion":"apps/v1","version":"v1"}],"preferredVersion":{"groupVersion":"apps/v1","version":"v1"}},
              {"name":"batch","versions":[{"groupVersion":"batch/v1","version":"v1"},{"groupVersion":"batch/v1beta1","version":"v1beta1"}],"preferredVersion":{"groupVersion":"batch/v1","version":"v1"}},
              {"name":"networking.k8s.io","versions":[{"groupVersion":"networking.k8s.io/v1","version":"v1"}],"preferredVersion":{"groupVersion":"networking.k8s.io/v1","version":"v1"}},
              {"name":"example.com","versions":[{"groupVersion":"example.com/v2alpha1","version":"v2alpha1"},{"groupVersion":"example.com/v1","version":"v1"}],"preferredVersion":{"groupVersion":"example.com/v1","version":"v1"}}]}
            """,
        ["/apis/extensions/v1beta1"] = List("extensions/v1beta1", """{"name":"ingresses","singularName":"","namespaced":true,"kind":"Ingress","verbs":["get","list"],"shortNames":["ing"]}"""),
        ["/apis/apps/v1"] = List("apps/v1", """{"name":"deployments","singularName":"","namespaced":true,"kind":"Deployment","verbs":["get","list"],"shortNames":["deploy"],"categories":["all"]},{"name":"deployments/scale","singularName":"","namespaced":true,"group":"autoscaling","version":"v1","kind":"Scale","verbs":["get"]}"""),
        ["/apis/batch/v1"] = List("batch/v1", """{"name":"jobs","singularName":"","namespaced":true,"kind":"Job","verbs":["get","list"]}"""),
        ["/apis/batch/v1beta1"] = List("batch/v1beta1", """{"name":"cronjobs","singularName":"","namespaced":true,"kind":"CronJob","verbs":["get","list"],"shortNames":["cj"]}"""),
        ["/apis/networking.k8s.io/v1"] = List("networking.k8s.io/v1", """{"name":"ingresses","singularName":"","namespaced":true,"kind":"Ingress","verbs":["get","list"],"shortNames":["ing"]}"""),
        ["/apis/example.com/v1"] = List("example.com/v1", """{"name":"widgets","singularName":"widget","namespaced":false,"kind":"Widget","verbs":["get","list"],"shortNames":["wd"]}"""),
        ["/apis/example.com/v2alpha1"] = List("example.com/v2alpha1", """{"name":"widgets","singularName":"widget","namespaced":false,"kind":"Widget","verbs":["get","list"]}"""),
    };

    public static string List(string groupVersion, string resources) =>
        $$"""{"kind":"APIResourceList","apiVersion":"v1","groupVersion":"{{groupVersion}}","resources":[{{resources}}]}""";
}
