using MultiCluster.Attention;
using MultiCluster.Attention.Rules;
using MultiCluster.Objects;
using MultiCluster.Tests.Objects.Kinds;
using static MultiCluster.Tests.Attention.RuleScan;

namespace MultiCluster.Tests.Attention;

/// <summary>The rules about nodes, storage, budgets, quotas, deletions, operators and versions.</summary>
public sealed class ClusterRuleTests
{
    [Fact]
    public void A_node_that_is_not_ready_or_silent_is_an_error()
    {
        Assert.Equal((FindingSeverity.Error, "Node/node-1", "Is not ready: container runtime is down."), One(new NodeReadyRule(), Node("""{ "type": "Ready", "status": "False", "message": "container runtime is down" }""")));
        Assert.Equal("Nothing is heard of it: Kubelet stopped posting node status.", One(new NodeReadyRule(), Node("""{ "type": "Ready", "status": "Unknown", "message": "Kubelet stopped posting node status." }""")).Reason);
        Assert.Empty(Of(new NodeReadyRule(), Node("""{ "type": "Ready", "status": "True" }""")));
    }

    [Fact]
    public void Pressure_is_a_warning_and_a_condition_that_is_good_is_none()
    {
        Assert.Equal(
            (FindingSeverity.Warning, "Node/node-1", "MemoryPressure: kubelet has insufficient memory available."),
            One(new NodePressureRule(), Node("""{ "type": "MemoryPressure", "status": "True", "message": "kubelet has insufficient memory available" }""")));
        Assert.Empty(Of(new NodePressureRule(), Node("""{ "type": "Ready", "status": "True" }, { "type": "EtcdIsVoter", "status": "True" }, { "type": "DiskPressure", "status": "False" }""")));
    }

    [Fact]
    public void A_claim_without_a_volume_is_found_unless_its_class_waits_for_a_pod()
    {
        var waiting = Sample.Read("storage.k8s.io/v1", "StorageClass", """{ "metadata": { "name": "local" }, "volumeBindingMode": "WaitForFirstConsumer" }""");
        var pod = Sample.Read("v1", "Pod", """{ "metadata": { "name": "db-0", "namespace": "web" }, "spec": { "volumes": [ { "persistentVolumeClaim": { "claimName": "data" } } ] }, "status": { "phase": "Pending" } }""");

        Assert.Equal("Is pending: its StorageClass fast does not exist.", One(new ClaimRule(), Claim("Pending", "fast"), waiting).Reason);
        Assert.Equal("Is pending: no volume of class local has been bound to it.", One(new ClaimRule(), Claim("Pending", "local"), waiting, pod).Reason);
        Assert.Empty(Of(new ClaimRule(), Claim("Pending", "local"), waiting));
        Assert.Empty(Of(new ClaimRule(), Claim("Bound", "local"), Claim("Pending", "fast", minutes: 2), waiting));
        Assert.Equal(FindingSeverity.Error, One(new ClaimRule(), Claim("Lost", "local")).Severity);
    }

    [Fact]
    public void A_budget_that_can_never_be_met_is_found_and_one_that_waits_is_not()
    {
        Assert.Equal(
            (FindingSeverity.Warning, "PodDisruptionBudget/web/api", "Budget web/api can never be met: its maxUnavailable 0 lets no pod go at any time."), One(new BudgetRule(), Budget(""" "maxUnavailable": 0 """, healthy: 3, desired: 3)));
        Assert.Empty(Of(new BudgetRule(), Budget(""" "minAvailable": 2 """, healthy: 2, desired: 2)));
    }

    [Theory]
    [InlineData("7900m", "10", null)]
    [InlineData("8", "10", FindingSeverity.Warning)]
    [InlineData("10", "10", FindingSeverity.Error)]
    public void A_quota_is_near_its_end_at_80_percent(string used, string hard, FindingSeverity? severity) =>
        Assert.Equal(severity, Of(new QuotaRule(), Quota($"\"cpu\": \"{hard}\"", $"\"cpu\": \"{used}\"")).SingleOrDefault()?.Severity);

    [Fact]
    public void A_quota_names_what_is_used_most_first() =>
        Assert.Equal("Used: pods 20 of 20 (100 %), memory 900Mi of 1Gi (87 %).", One(new QuotaRule(), Quota(""" "pods": "20", "memory": "1Gi", "cpu": "0" """, """ "pods": "20", "memory": "900Mi", "cpu": "0" """)).Reason);

    [Fact]
    public void What_was_deleted_is_found_with_its_finalizers_past_its_grace()
    {
        Assert.Equal(
            (FindingSeverity.Warning, "Service/web/api", "Was deleted and is still there: finalizers hold it: service.kubernetes.io/load-balancer-cleanup."),
            One(new DeletionRule(), Deleted("v1", "Service", 10, """, "finalizers": [ "service.kubernetes.io/load-balancer-cleanup" ]""")));
        Assert.Empty(Of(new DeletionRule(), Deleted("v1", "Service", 4, """, "finalizers": [ "x" ]""")));
        Assert.EndsWith("node node-1 has not said that it has ended.", One(new DeletionRule(), Deleted("v1", "Pod", 10, "", """ "nodeName": "node-1" """)).Reason, StringComparison.Ordinal);
        Assert.EndsWith(
            "Some resources are remaining: pods. has 1 resource instances.",
            One(new DeletionRule(), Deleted("v1", "Namespace", 10, "", """ "finalizers": [ "kubernetes" ] """, """ "conditions": [ { "type": "NamespaceContentRemaining", "status": "True", "message": "Some resources are remaining: pods. has 1 resource instances" } ] """)).Reason,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v1.24.9", 1)]
    [InlineData("v1.23.1", 0)]
    [InlineData("v1.25.0", 0)]
    public void A_version_that_the_next_release_does_not_serve_is_found(string version, int findings)
    {
        var found = Of(new DeprecatedApiRule(), version, Sample.Read("policy/v1beta1", "PodDisruptionBudget", """
            { "metadata": { "name": "api", "namespace": "web", "managedFields": [ { "manager": "kubectl", "apiVersion": "policy/v1beta1", "time": "2026-02-01T00:00:00Z" } ] } }
            """));

        Assert.Equal(findings, found.Count);
        Assert.All(found, static one => Assert.Equal("kubectl writes it in policy/v1beta1, which Kubernetes 1.25 serves no longer.", one.Reason));
    }

    [Fact]
    public void Operators_of_OpenShift_are_judged_by_their_conditions()
    {
        var found = Of(new ClusterOperatorRule(), Operator("dns", """{ "type": "Degraded", "status": "True", "message": "DNS default is degraded" }, { "type": "Available", "status": "True" }, { "type": "Upgradeable", "status": "False", "reason": "Old" }"""));

        Assert.Equal(
            [(FindingSeverity.Error, "Is degraded: DNS default is degraded."), (FindingSeverity.Info, "Holds the upgrade of the cluster: Old.")],
            found.Select(static one => (one.Severity, one.Reason)));
        Assert.Empty(Of(new ClusterOperatorRule(), Operator("etcd", """{ "type": "Degraded", "status": "False" }, { "type": "Available", "status": "True" }, { "type": "Progressing", "status": "True" }""")));
    }

    private static KubeObject Node(string conditions) => Sample.Read("v1", "Node", $$"""{ "metadata": { "name": "node-1" }, "spec": {}, "status": { "conditions": [ {{conditions}} ] } }""");

    private static KubeObject Claim(string phase, string className, int minutes = 60) => Sample.Read("v1", "PersistentVolumeClaim", $$"""
        { "metadata": { "name": "data", "namespace": "web", "creationTimestamp": "{{MinutesAgo(minutes)}}" }, "spec": { "storageClassName": "{{className}}" }, "status": { "phase": "{{phase}}" } }
        """);

    private static KubeObject Budget(string spec, int healthy, int desired) => Sample.Read("policy/v1", "PodDisruptionBudget", $$"""
        { "metadata": { "name": "api", "namespace": "web", "generation": 1 }, "spec": { {{spec}}, "selector": {} },
          "status": { "observedGeneration": 1, "disruptionsAllowed": 0, "currentHealthy": {{healthy}}, "desiredHealthy": {{desired}}, "expectedPods": 3 } }
        """);

    private static KubeObject Quota(string hard, string used) =>
        Sample.Read("v1", "ResourceQuota", $$"""{ "metadata": { "name": "team", "namespace": "web" }, "status": { "hard": { {{hard}} }, "used": { {{used}} } } }""");

    private static KubeObject Operator(string name, string conditions) =>
        Sample.Read("config.openshift.io/v1", "ClusterOperator", $$"""{ "metadata": { "name": "{{name}}" }, "status": { "conditions": [ {{conditions}} ] } }""");

    private static KubeObject Deleted(string apiVersion, string kind, int minutes, string metadata, string spec = "", string status = "") => Sample.Read(apiVersion, kind, $$"""
        { "metadata": { "name": "api", "namespace": "web", "deletionTimestamp": "{{MinutesAgo(minutes)}}"{{metadata}} }, "spec": { {{spec}} }, "status": { {{status}} } }
        """);
}
