using MultiCluster.Objects;
using MultiCluster.Relations.Rules;
using MultiCluster.Tests.Objects.Kinds;

namespace MultiCluster.Tests.Relations;

/// <summary>What each rule reads of an object: the relation, the field that says so, and the other.</summary>
public sealed class RelationRuleTests
{
    private const string PodJson = """
        {"metadata":{"name":"shop-0","namespace":"web","labels":{"app":"shop"},"ownerReferences":[{"apiVersion":"apps/v1","kind":"StatefulSet","name":"shop","uid":"u1"}]},
         "spec":{"serviceAccountName":"shop","nodeName":"node-1","imagePullSecrets":[{"name":"registry"}],
          "volumes":[{"name":"tmp","emptyDir":{}},{"name":"data","persistentVolumeClaim":{"claimName":"data-shop-0"}},{"name":"key","secret":{"secretName":"key"}},{"name":"conf","configMap":{"name":"conf"}},
                     {"name":"all","projected":{"sources":[{"serviceAccountToken":{}},{"secret":{"name":"more"}},{"configMap":{"name":"trust"}}]}},
                     {"name":"kube-api-access-x2x7k","projected":{"sources":[{"configMap":{"name":"kube-root-ca.crt"}}]}}],
          "initContainers":[{"name":"i","env":[{"name":"A","valueFrom":{"configMapKeyRef":{"name":"conf","key":"a"}}}]}],
          "containers":[{"name":"c","envFrom":[{"secretRef":{"name":"env"}},{"configMapRef":{"name":"settings"}}],"env":[{"name":"X","value":"y"},{"name":"P","valueFrom":{"secretKeyRef":{"name":"key","key":"p"}}}]}]}}
        """;

    [Fact]
    public void Owner_references_name_the_owner_by_its_uid()
    {
        var said = Assert.Single(new OwnerRule().Read(Pod));

        Assert.Equal("Owns metadata.ownerReferences[0] StatefulSet.apps/web/shop", Told(said));
        Assert.Equal("u1", said.Uid);
    }

    [Fact]
    public void Volumes_mount_Secrets_ConfigMaps_and_claims_but_not_the_one_of_every_pods_token() => Assert.Equal(
        [
            "Mounts spec.volumes[1].persistentVolumeClaim PersistentVolumeClaim/web/data-shop-0",
            "Mounts spec.volumes[2].secret Secret/web/key",
            "Mounts spec.volumes[3].configMap ConfigMap/web/conf",
            "Mounts spec.volumes[4].projected.sources[1].secret Secret/web/more",
            "Mounts spec.volumes[4].projected.sources[2].configMap ConfigMap/web/trust",
        ],
        new VolumeRule().Read(Pod).Select(Told));

    [Fact]
    public void The_environment_uses_Secrets_and_ConfigMaps() => Assert.Equal(
        [
            "Uses spec.initContainers[0].env[0].valueFrom.configMapKeyRef ConfigMap/web/conf",
            "Uses spec.containers[0].envFrom[0].secretRef Secret/web/env",
            "Uses spec.containers[0].envFrom[1].configMapRef ConfigMap/web/settings",
            "Uses spec.containers[0].env[1].valueFrom.secretKeyRef Secret/web/key",
        ],
        new EnvironmentRule().Read(Pod).Select(Told));

    [Fact]
    public void Pods_and_ServiceAccounts_use_their_pull_secrets()
    {
        Assert.Equal(["Uses spec.imagePullSecrets[0] Secret/web/registry"], new PullSecretRule().Read(Pod).Select(Told));
        Assert.Equal(
            ["Uses imagePullSecrets[1] Secret/web/two"],
            new PullSecretRule().Read(Sample.Read("v1", "ServiceAccount", """{"metadata":{"name":"shop","namespace":"web"},"imagePullSecrets":[{},{"name":"two"}]}""")).Select(Told));
    }

    [Fact]
    public void A_pod_uses_its_node_and_its_ServiceAccount() => Assert.Equal(
        ["Uses spec.serviceAccountName ServiceAccount/web/shop", "Uses spec.nodeName Node//node-1"], new PodPlaceRule().Read(Pod).Select(Told));

    [Theory]
    [InlineData("apps/v1", "Deployment", """{"template":{"spec":{"volumes":[{"secret":{"secretName":"key"}}]}}}""", "spec.template.spec.volumes[0].secret")]
    [InlineData("batch/v1", "CronJob", """{"jobTemplate":{"spec":{"template":{"spec":{"volumes":[{"secret":{"secretName":"key"}}]}}}}}""", "spec.jobTemplate.spec.template.spec.volumes[0].secret")]
    public void A_workload_without_pods_says_what_they_would_mount(string apiVersion, string kind, string spec, string field) => Assert.Equal(
        [$"Mounts {field} Secret/web/key"], new VolumeRule().Read(Sample.Read(apiVersion, kind, $$"""{"metadata":{"name":"x","namespace":"web"},"spec":{{spec}}}""")).Select(Told));

    [Theory]
    [InlineData("v1", "Service", """{"selector":{"app":"shop"}}""", "spec.selector", true)]
    [InlineData("v1", "Service", """{"selector":{"app":"other"}}""", "spec.selector", false)]
    [InlineData("networking.k8s.io/v1", "NetworkPolicy", """{"podSelector":{}}""", "spec.podSelector", true)]
    [InlineData("policy/v1", "PodDisruptionBudget", """{"selector":{"matchExpressions":[{"key":"app","operator":"In","values":["shop"]}]}}""", "spec.selector", true)]
    public void A_selector_selects_the_pods_that_it_fits(string apiVersion, string kind, string spec, string field, bool fits)
    {
        var said = Assert.Single(new SelectorRule().Read(Sample.Read(apiVersion, kind, $$"""{"metadata":{"name":"x","namespace":"web"},"spec":{{spec}}}""")));

        Assert.Equal(field, said.Field);
        Assert.Equal(fits, said.IsAbout(Pod));
    }

    [Fact]
    public void A_Service_without_a_selector_selects_nothing() =>
        Assert.Empty(new SelectorRule().Read(Sample.Read("v1", "Service", """{"metadata":{"name":"x","namespace":"web"},"spec":{}}""")));

    [Fact]
    public void A_selector_fits_no_pod_of_another_namespace() =>
        Assert.False(Assert.Single(new SelectorRule().Read(Sample.Read("v1", "Service", """{"metadata":{"name":"x","namespace":"other"},"spec":{"selector":{"app":"shop"}}}"""))).IsAbout(Pod));

    [Fact]
    public void An_Ingress_routes_to_Services_and_uses_Secrets_and_its_class() => Assert.Equal(
        [
            "Uses spec.ingressClassName IngressClass.networking.k8s.io//nginx",
            "Routes spec.defaultBackend.service Service/web/fallback",
            "Routes spec.rules[1].http.paths[1].backend.service Service/web/shop",
            "Uses spec.tls[0].secretName Secret/web/shop-tls",
        ],
        Said(new IngressRule(), "networking.k8s.io/v1", "Ingress", """
            {"ingressClassName":"nginx","defaultBackend":{"service":{"name":"fallback"}},"tls":[{"secretName":"shop-tls"}],
             "rules":[{"host":"a"},{"http":{"paths":[{"backend":{"resource":{"name":"bucket"}}},{"backend":{"service":{"name":"shop"}}}]}}]}
            """));

    [Fact]
    public void An_HTTPRoute_belongs_to_Gateways_and_routes_to_Services_also_of_other_namespaces() => Assert.Equal(
        [
            "Uses spec.parentRefs[0] Gateway.gateway.networking.k8s.io/infra/public",
            "Routes spec.rules[0].backendRefs[0] Service/web/shop",
            "Routes spec.rules[0].backendRefs[2] Service/other/shop",
        ],
        Said(new HttpRouteRule(), "gateway.networking.k8s.io/v1", "HTTPRoute", """
            {"parentRefs":[{"name":"public","namespace":"infra"},{"group":"","kind":"Service","name":"mesh"}],
             "rules":[{"backendRefs":[{"name":"shop","port":80},{"group":"x.io","kind":"Bucket","name":"b"},{"name":"shop","namespace":"other"}]}]}
            """));

    [Fact]
    public void A_Gateway_uses_its_class_and_certificates() => Assert.Equal(
        ["Uses spec.gatewayClassName GatewayClass.gateway.networking.k8s.io//istio", "Uses spec.listeners[1].tls.certificateRefs[0] Secret/web/tls"],
        Said(new GatewayRule(), "gateway.networking.k8s.io/v1", "Gateway", """{"gatewayClassName":"istio","listeners":[{"name":"http"},{"tls":{"certificateRefs":[{"name":"tls"}]}}]}"""));

    [Fact]
    public void A_Route_of_OpenShift_routes_to_its_Services() => Assert.Equal(
        ["Routes spec.to Service/web/shop", "Routes spec.alternateBackends[0] Service/web/canary"],
        Said(new RouteRule(), "route.openshift.io/v1", "Route", """{"to":{"kind":"Service","name":"shop"},"alternateBackends":[{"kind":"Service","name":"canary"}]}"""));

    [Fact]
    public void An_EndpointSlice_routes_to_pods_and_belongs_to_the_Service_of_its_label()
    {
        var slice = Sample.Read("discovery.k8s.io/v1", "EndpointSlice", """
            {"metadata":{"name":"shop-x","namespace":"web","labels":{"kubernetes.io/service-name":"shop"}},"endpoints":[{"addresses":["10.0.0.1"]},{"targetRef":{"kind":"Pod","name":"shop-0","namespace":"web"}}]}
            """);

        Assert.Equal(["Routes endpoints[1].targetRef Pod/web/shop-0"], new EndpointRule().Read(slice).Select(Told));
        Assert.Equal(["Routes metadata.labels['kubernetes.io/service-name'] Service/web/shop"], new EndpointServiceRule().Read(slice).Select(Told));
        Assert.True(new EndpointServiceRule().IsReversed);
    }

    [Fact]
    public void What_a_Service_owns_is_not_told_by_its_label_once_more() => Assert.Empty(new EndpointServiceRule().Read(Sample.Read("discovery.k8s.io/v1", "EndpointSlice", """
        {"metadata":{"name":"shop-x","namespace":"web","labels":{"kubernetes.io/service-name":"shop"},"ownerReferences":[{"apiVersion":"v1","kind":"Service","name":"shop","uid":"u"}]}}
        """)));

    [Fact]
    public void An_autoscaler_scales_its_target() => Assert.Equal(
        ["Scales spec.scaleTargetRef Deployment.apps/web/shop"],
        Said(new AutoscalerRule(), "autoscaling/v2", "HorizontalPodAutoscaler", """{"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"shop"}}"""));

    [Fact]
    public void A_claim_binds_its_volume_and_both_use_the_StorageClass()
    {
        Assert.Equal(
            ["Binds spec.volumeName PersistentVolume//pvc-1", "Uses spec.storageClassName StorageClass.storage.k8s.io//fast"],
            Said(new ClaimRule(), "v1", "PersistentVolumeClaim", """{"volumeName":"pvc-1","storageClassName":"fast"}"""));
        Assert.Equal(["Uses spec.storageClassName StorageClass.storage.k8s.io//fast"], Said(new ClaimRule(), "v1", "PersistentVolume", """{"storageClassName":"fast"}"""));
    }

    [Fact]
    public void A_binding_binds_its_role_and_its_subjects()
    {
        var binding = Sample.Read("rbac.authorization.k8s.io/v1", "RoleBinding", """
            {"metadata":{"name":"x","namespace":"web"},"roleRef":{"kind":"ClusterRole","name":"view"},"subjects":[{"kind":"User","name":"jane"},{"kind":"ServiceAccount","name":"ci","namespace":"build"}]}
            """);

        var said = new BindingRule().Read(binding).ToList();

        Assert.Equal(
            ["Binds roleRef ClusterRole.rbac.authorization.k8s.io//view", "Binds subjects[0] User.rbac.authorization.k8s.io//jane", "Binds subjects[1] ServiceAccount/build/ci"],
            said.Select(Told));
        Assert.Equal([true, false, true], said.Select(static one => one.IsObject));
    }

    [Fact]
    public void A_Certificate_uses_its_issuer_and_its_Secret() => Assert.Equal(
        ["Uses spec.secretName Secret/web/shop-tls", "Uses spec.issuerRef ClusterIssuer.cert-manager.io//letsencrypt"],
        Said(new CertificateRule(), "cert-manager.io/v1", "Certificate", """{"secretName":"shop-tls","issuerRef":{"kind":"ClusterIssuer","name":"letsencrypt"}}"""));

    [Fact]
    public void Every_rule_is_among_all_of_them() => Assert.Equal(
        typeof(RelationRule).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(RelationRule))).Select(static type => type.Name).Order(StringComparer.Ordinal),
        RelationRules.All.Select(static rule => rule.GetType().Name).Order(StringComparer.Ordinal));

    /// <summary>Servers may answer what they like.</summary>
    [Theory]
    [InlineData("""{"metadata":{"name":"x","namespace":"web","ownerReferences":[7,null,{"kind":7}],"labels":[]},"spec":7,"endpoints":7,"subjects":[null],"roleRef":[]}""")]
    [InlineData("""{"metadata":{"name":"x","namespace":"web","ownerReferences":{}},"spec":{"volumes":{},"containers":[null],"selector":[],"rules":[{"http":[]}],"tls":[7],"listeners":[null],"to":7},"endpoints":[[]],"subjects":{}}""")]
    public void What_is_no_such_object_says_nothing_and_ends_nothing(string json)
    {
        foreach (var rule in RelationRules.All)
        {
            foreach (var source in rule.Sources.DefaultIfEmpty(KindKey.Pod))
                Assert.All(rule.Read(Sample.Read(source.Group.Length == 0 ? "v1" : $"{source.Group}/v1", source.Kind, json)), static said => Assert.NotNull(said.Selector));
        }
    }

    private static KubeObject Pod => Sample.Read("v1", "Pod", PodJson);

    private static IEnumerable<string> Said(RelationRule rule, string apiVersion, string kind, string spec) =>
        rule.Read(Sample.Read(apiVersion, kind, $$"""{"metadata":{"name":"x","namespace":"web"},"spec":{{spec}}}""")).Select(Told);

    private static string Told(Statement said) =>
        $"{said.Relation} {said.Field} {said.Kind.Kind}{(said.Kind.Group.Length == 0 ? "" : $".{said.Kind.Group}")}/{said.Namespace}/{said.Name}";
}
