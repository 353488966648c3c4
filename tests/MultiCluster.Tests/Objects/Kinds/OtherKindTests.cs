using MultiCluster.Objects;

namespace MultiCluster.Tests.Objects.Kinds;

public sealed class OtherKindTests
{
    [Fact]
    public void A_namespace_shows_its_phase() =>
        Assert.Equal("Terminating", Sample.Read<KubeNamespace>("""{"metadata":{"name":"n"},"status":{"phase":"Terminating"}}""").State);

    [Fact]
    public void A_config_map_counts_text_and_bytes()
    {
        var map = Sample.Read<KubeConfigMap>("""{"metadata":{"name":"c"},"data":{"a":"1","b":"2"},"binaryData":{"c":"AA=="}}""");

        Assert.Equal((3, "1", "AA==", false), (map.DataCount, map.Data?["a"], map.BinaryData?["c"], map.Immutable));
    }

    [Fact]
    public void A_service_account_gives_its_references()
    {
        var account = Sample.Read<KubeServiceAccount>(
            """{"metadata":{"name":"s"},"secrets":[{"name":"t"}],"imagePullSecrets":[{"name":"r"}],"automountServiceAccountToken":false}""");

        Assert.Equal((1, 1, false), (account.Secrets?.Count, account.ImagePullSecrets?.Count, account.AutomountServiceAccountToken));
        Assert.Null(Sample.Read<KubeServiceAccount>("""{"metadata":{"name":"s"}}""").AutomountServiceAccountToken);
    }

    [Fact]
    public void Roles_give_their_rules()
    {
        var role = Sample.Read<KubeRole>("""{"metadata":{"name":"r"},"rules":[{"verbs":["get"]},{"verbs":["list"]}]}""");
        var cluster = Sample.Read<KubeClusterRole>("""{"metadata":{"name":"r"},"rules":null,"aggregationRule":{"clusterRoleSelectors":[]}}""");

        Assert.Equal((2, 2), (role.RuleCount, role.Rules?.Count));
        Assert.Equal(0, cluster.RuleCount);
        Assert.Null(cluster.Rules);
        Assert.NotNull(cluster.AggregationRule);
    }

    [Fact]
    public void Bindings_show_who_gets_which_role()
    {
        const string Json = """
            {"metadata":{"name":"b"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"view"},
             "subjects":[{"kind":"User","name":"jane"},{"kind":"Group","name":"dev"},{"kind":"ServiceAccount","namespace":"ci","name":"bot"}]}
            """;
        KubeBinding[] bindings = [Sample.Read<KubeRoleBinding>(Json), Sample.Read<KubeClusterRoleBinding>(Json)];

        Assert.All(bindings, binding =>
        {
            Assert.Equal(("ClusterRole/view", "view", 3), (binding.Role, binding.RoleRef?["name"], binding.Subjects?.Count));
            Assert.Equal(["jane"], binding.Users);
            Assert.Equal(["dev"], binding.Groups);
            Assert.Equal(["ci/bot"], binding.ServiceAccounts);
        });
    }

    [Fact]
    public void A_lease_shows_its_holder()
    {
        var lease = Sample.Read<KubeLease>("""{"metadata":{"name":"l"},"spec":{"holderIdentity":"n_1","renewTime":"2026-03-01T11:59:50.000001Z"}}""");

        Assert.Equal("n_1", lease.Holder);
        Assert.Equal(new DateTime(2026, 3, 1, 11, 59, 50, DateTimeKind.Utc).AddMicroseconds(1), lease.RenewTime?.ToUniversalTime());
    }

    [Fact]
    public void A_definition_shows_what_it_defines()
    {
        var crd = Sample.Read<KubeCustomResourceDefinition>("""
            {"metadata":{"name":"certificates.cert-manager.io"},"spec":{"group":"cert-manager.io","scope":"Namespaced","names":{"kind":"Certificate"},
             "versions":[{"name":"v1alpha2","served":false},{"name":"v1beta1","served":true},{"name":"v1","served":true,"storage":true}]}}
            """);

        Assert.Equal(("cert-manager.io", "Certificate", "Namespaced", "v1"), (crd.Group, crd.DefinedKind, crd.Scope, crd.StorageVersion));
        Assert.Equal(["v1beta1", "v1"], crd.Versions);
    }
}
