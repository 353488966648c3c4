namespace MultiCluster.Sandbox.Objects;

/// <summary>The kinds that every cluster serves, as Kubernetes 1.33 describes them.</summary>
internal static class BuiltInKinds
{
    private const string Standard = "create delete deletecollection get list patch update watch";

    // group/version | kind | plural | N(amespaced) or C(luster) | short names | categories | subresources [| verbs]
    private const string Source = """
        v1|Binding|bindings|N||||create
        v1|ComponentStatus|componentstatuses|C|cs|||get list
        v1|ConfigMap|configmaps|N|cm||
        v1|Endpoints|endpoints|N|ep||
        v1|Event|events|N|ev||
        v1|LimitRange|limitranges|N|limits||
        v1|Namespace|namespaces|C|ns||finalize status|create delete get list patch update watch
        v1|Node|nodes|C|no||proxy status
        v1|PersistentVolumeClaim|persistentvolumeclaims|N|pvc||status
        v1|PersistentVolume|persistentvolumes|C|pv||status
        v1|Pod|pods|N|po|all|attach binding ephemeralcontainers eviction exec log portforward proxy resize status
        v1|PodTemplate|podtemplates|N|||
        v1|ReplicationController|replicationcontrollers|N|rc|all|scale status
        v1|ResourceQuota|resourcequotas|N|quota||status
        v1|Secret|secrets|N|||
        v1|ServiceAccount|serviceaccounts|N|sa||token
        v1|Service|services|N|svc|all|proxy status
        apiregistration.k8s.io/v1|APIService|apiservices|C||api-extensions|status
        apps/v1|ControllerRevision|controllerrevisions|N|||
        apps/v1|DaemonSet|daemonsets|N|ds|all|status
        apps/v1|Deployment|deployments|N|deploy|all|scale status
        apps/v1|ReplicaSet|replicasets|N|rs|all|scale status
        apps/v1|StatefulSet|statefulsets|N|sts|all|scale status
        events.k8s.io/v1|Event|events|N|ev||
        authorization.k8s.io/v1|SelfSubjectAccessReview|selfsubjectaccessreviews|C||||create
        authorization.k8s.io/v1|SelfSubjectRulesReview|selfsubjectrulesreviews|C||||create
        autoscaling/v2|HorizontalPodAutoscaler|horizontalpodautoscalers|N|hpa|all|status
        batch/v1|CronJob|cronjobs|N|cj|all|status
        batch/v1|Job|jobs|N||all|status
        networking.k8s.io/v1|IngressClass|ingressclasses|C|||
        networking.k8s.io/v1|Ingress|ingresses|N|ing||status
        networking.k8s.io/v1|NetworkPolicy|networkpolicies|N|netpol||
        policy/v1|PodDisruptionBudget|poddisruptionbudgets|N|pdb||status
        rbac.authorization.k8s.io/v1|ClusterRoleBinding|clusterrolebindings|C|||
        rbac.authorization.k8s.io/v1|ClusterRole|clusterroles|C|||
        rbac.authorization.k8s.io/v1|RoleBinding|rolebindings|N|||
        rbac.authorization.k8s.io/v1|Role|roles|N|||
        storage.k8s.io/v1|StorageClass|storageclasses|C|sc||
        storage.k8s.io/v1|VolumeAttachment|volumeattachments|C|||status
        admissionregistration.k8s.io/v1|MutatingWebhookConfiguration|mutatingwebhookconfigurations|C||api-extensions|
        admissionregistration.k8s.io/v1|ValidatingWebhookConfiguration|validatingwebhookconfigurations|C||api-extensions|
        apiextensions.k8s.io/v1|CustomResourceDefinition|customresourcedefinitions|C|crd crds|api-extensions|status
        scheduling.k8s.io/v1|PriorityClass|priorityclasses|C|pc||
        coordination.k8s.io/v1|Lease|leases|N|||
        discovery.k8s.io/v1|EndpointSlice|endpointslices|N|||
        """;

    public static IReadOnlyList<ResourceKind> All { get; } = ReadAll();

    private static List<ResourceKind> ReadAll()
    {
        List<ResourceKind> all = [.. Source.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Parse)];
        var view = all.FindIndex(k => k.QualifiedPlural == "events.events.k8s.io");
        all[view] = all[view] with { StoredAs = all.Find(k => k.QualifiedPlural == "events") };
        return all;
    }

    private static ResourceKind Parse(string line)
    {
        var field = line.Split('|');
        var slash = field[0].IndexOf('/', StringComparison.Ordinal);
        return new ResourceKind
        {
            Group = slash < 0 ? "" : field[0][..slash],
            Versions = [new ServedVersion(field[0][(slash + 1)..], [])],
            Kind = field[1],
            Plural = field[2],
            Singular = field[1].ToLowerInvariant(),
            Namespaced = field[3] == "N",
            ShortNames = Words(field[4]),
            Categories = Words(field[5]),
            Subresources = Words(field[6]),
            Verbs = Words(field.Length > 7 ? field[7] : Standard),
        };
    }

    internal static IReadOnlyList<string> StandardVerbs => Words(Standard);

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
