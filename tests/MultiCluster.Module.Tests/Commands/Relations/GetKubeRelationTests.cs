using MultiCluster.Faults;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Relations;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Access;

namespace MultiCluster.Module.Tests.Commands.Relations;

/// <summary>Get-KubeRelation over simulated clusters with a shop whose parts are known.</summary>
public sealed class GetKubeRelationTests : IAsyncLifetime
{
    private SimulatedFleet _fleet = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Names = ["east", "west"], Pods = 0 }, TestContext.Current.CancellationToken);
        foreach (var cluster in _fleet.Clusters)
            Plant(cluster);
    }

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    [Fact]
    public void A_Deployment_leads_to_all_that_it_needs_and_back_to_all_that_need_it()
    {
        using var shell = Open("east");

        var run = shell.Run("Get-KubeRelation deployment shop -Namespace web");

        Assert.Empty(run.Errors);
        Assert.Empty(run.Warnings);
        Assert.Equal(
            """
            Deployment/shop
              ← HorizontalPodAutoscaler/shop Scales spec.scaleTargetRef
              → ReplicaSet/shop-1 Owns metadata.ownerReferences[0]
                → Pod/shop-1-a Owns metadata.ownerReferences[0]
                  → PersistentVolumeClaim/data Mounts spec.volumes[0].persistentVolumeClaim
                    → PersistentVolume/pv-1 Binds spec.volumeName
                      → StorageClass/fast Uses spec.storageClassName
                    → StorageClass/fast Uses spec.storageClassName
                  → Secret/key (missing) Mounts spec.volumes[1].secret
                  → ConfigMap/conf Uses spec.containers[0].envFrom[0].configMapRef
                  → ServiceAccount/shop Uses spec.serviceAccountName
                  → Node/node-1 Uses spec.nodeName
            """.ReplaceLineEndings("\n"),
            Told(run));
    }

    [Fact]
    public void From_a_pod_back_go_its_owners_and_what_selects_and_routes_to_it()
    {
        using var shell = Open("east");

        Assert.Equal(
            """
            Pod/shop-1-a
              ← ReplicaSet/shop-1 Owns metadata.ownerReferences[0]
                ← Deployment/shop Owns metadata.ownerReferences[0]
                  ← HorizontalPodAutoscaler/shop Scales spec.scaleTargetRef
              ← Service/shop Selects spec.selector
                ← Ingress/shop Routes spec.rules[0].http.paths[0].backend.service
              ← PodDisruptionBudget/shop Selects spec.selector
              ← EndpointSlice/shop-x Routes endpoints[0].targetRef
                ← Service/shop … Owns metadata.ownerReferences[0]
            """.ReplaceLineEndings("\n"),
            Told(shell.Run("Get-KubeRelation pod/shop-1-a -n web -Direction Back")));
    }

    [Fact]
    public void A_ConfigMap_is_asked_who_uses_it()
    {
        using var shell = Open("east");

        Assert.StartsWith("ConfigMap/conf\n  ← Pod/shop-1-a Uses spec.containers[0].envFrom[0].configMapRef\n    ← ReplicaSet/shop-1 Owns", Told(shell.Run("Get-KubeRelation configmap conf -n web")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_ServiceAccount_is_bound_by_bindings_of_other_namespaces_too()
    {
        using var shell = Open("east");

        var told = Told(shell.Run("Get-KubeRelation serviceaccount shop -n web -Direction Back -Depth 1"));

        Assert.Contains("  ← RoleBinding/shop-reads Binds subjects[0]", told);
        Assert.Contains("  ← Pod/shop-1-a Uses spec.serviceAccountName", told);
    }

    [Fact]
    public void A_binding_leads_to_its_role_and_to_users_who_are_no_objects()
    {
        using var shell = Open("east");

        var lines = shell.Run("Get-KubeRelation rolebinding shop-reads -n default -Depth 1").Of<KubeRelation>();

        Assert.Equal(["RoleBinding Found", "Role Missing", "ServiceAccount Found", "User Unread"], lines.Select(static line => $"{line.Kind} {line.State}"));
    }

    [Fact]
    public void Objects_that_are_piped_in_lead_to_their_own_clusters_and_a_line_leads_on()
    {
        using var shell = Open();

        var run = shell.Run("Get-KubeResource pod -n web | Get-KubeRelation -Direction Back -Depth 1 | Where-Object Kind -eq ReplicaSet | Get-KubeRelation -Direction Forward -Depth 1");

        Assert.Empty(run.Errors);
        Assert.Equal(["east Pod/shop-1-a", "east ReplicaSet/shop-1", "west Pod/shop-1-a", "west ReplicaSet/shop-1"], run.Of<KubeRelation>().Select(static line => $"{line.ClusterName} {line.Kind}/{line.Name}").Order());
    }

    [Fact]
    public void What_is_left_out_of_too_many_is_said()
    {
        using var shell = Open("east");

        var run = shell.Run("Get-KubeRelation deployment shop -n web -Limit 3");

        Assert.Equal(4, run.Output.Count);
        Assert.Equal("east: there are more than 3 relations, and the rest was left out: raise -Limit, or lower -Depth", Assert.Single(run.Warnings));
    }

    [Fact]
    public void Depth_bounds_the_steps()
    {
        using var shell = Open("east");

        Assert.All(shell.Run("Get-KubeRelation deployment shop -n web -Depth 2").Of<KubeRelation>(), static line => Assert.InRange(line.Depth, 0, 2));
    }

    [Fact]
    public void The_table_shows_the_tree_and_the_fields()
    {
        using var shell = Open("east");

        Assert.Equal(
            """
            ClusterName       Object                     Relation Field
            -----------       ------                     -------- -----
            east              ReplicaSet/shop-1
            east                ← Deployment/shop        Owns     metadata.ownerReferences[0
                                                                  ]
            """.ReplaceLineEndings("\n"),
            shell.Screen("Get-KubeRelation rs shop-1 -n web -Direction Back -Depth 1", 80));
    }

    [Theory]
    [InlineData("Mermaid", "flowchart LR\n  subgraph c0[\"east\"]\n")]
    [InlineData("Dot", "digraph relations {\n")]
    public void A_drawing_is_one_text_of_all_clusters(string form, string begin)
    {
        using var shell = Open();

        var text = Assert.Single(shell.Run($"Get-KubeRelation deployment shop -n web -As {form} -Cluster east").Of<string>());
        Assert.StartsWith(begin, text, StringComparison.Ordinal);
        var both = Assert.Single(shell.Run($"Get-KubeRelation deployment shop -n web -As {form}").Of<string>());
        Assert.Equal(2, both.Split("subgraph").Length - 1);
    }

    [Fact]
    public void Who_may_read_a_part_gets_that_and_is_told_what_may_be_missing()
    {
        _fleet["east"].LimitedUser.Rules = [new AccessRule("get list", "pods deployments replicasets", "web")];
        using var shell = new Shell(_fleet, UserKind.Limited).Select("east");

        var run = shell.Run("Get-KubeRelation pod shop-1-a -n web");

        Assert.Empty(run.Errors);
        Assert.Contains("  ← ReplicaSet/shop-1 Owns", Told(run));
        Assert.Equal(RelationState.Unread, run.Of<KubeRelation>().Single(static line => line.Kind == "Secret").State);
        Assert.Contains("relations may be missing, since you may not list ", Assert.Single(run.Warnings));
    }

    [Fact]
    public void An_object_that_is_not_there_is_an_error()
    {
        using var shell = Open("east");

        Assert.Equal(FaultPhase.NotFound, shell.Run("Get-KubeRelation pod nobody -n web").Error.Fault().Phase);
        Assert.Equal(FaultPhase.Invalid, shell.Run("Get-KubeRelation").Terminated!.Fault().Phase);
    }

    /// <summary>What an object names goes into an address.</summary>
    [Fact]
    public void A_name_that_leads_out_of_its_place_is_not_asked_for()
    {
        _fleet["east"].Store.Add("""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"evil","namespace":"web"},"spec":{"nodeName":"../../../version","volumes":[{"secret":{"secretName":".."}}],"containers":[]} }""");
        using var shell = Open("east");

        var lines = shell.Run("Get-KubeRelation pod evil -n web -Direction Forward").Of<KubeRelation>();

        Assert.Equal([RelationState.Found, RelationState.Missing, RelationState.Missing], lines.Select(static line => line.State));
        Assert.DoesNotContain(_fleet["east"].Requests.All, static request => request.Path.Contains("version", StringComparison.Ordinal) || request.Path.EndsWith("/secrets", StringComparison.Ordinal));
    }

    [Fact]
    public void A_cluster_that_hangs_delays_no_other_and_Ctrl_C_ends_its_requests()
    {
        _fleet["west"].Faults.Add(ClusterFault.NeverAnswer());
        using var shell = Open();
        using var running = shell.Start("Get-KubeRelation deployment shop -n web");

        running.Until(static one => one.Output.Count == 12);
        running.Stop();

        Eventually.True(() => _fleet["west"].ActiveRequests == 0, "A request goes on.");
    }

    private Shell Open(string clusters = "*") => new Shell(_fleet).Select(clusters);

    private static string Told(ShellRun run) => string.Join('\n', run.Of<KubeRelation>().Select(static line => $"{line.Tree} {line.Relation} {line.Field}".TrimEnd()));

    [Theory]
    [InlineData("node node-1", "Pod/shop-1-a")]
    [InlineData("serviceaccount shop -Namespace web", "Pod/shop-1-a")]
    [InlineData("service shop -Namespace web", "Pod/shop-1-a")]
    public void In_a_crowd_the_server_selects_so_that_nothing_is_lost(string of, string found)
    {
        // Before the one that is looked for, more pods than are looked at.
        for (var i = 0; i < 5_001; i++)
            _fleet["east"].Store.Add($$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a-{{i:0000}}","namespace":"web"},"spec":{"nodeName":"node-2","serviceAccountName":"default"} }""");
        using var shell = Open("east");

        var run = shell.Run($"Get-KubeRelation {of} -Depth 1");

        Assert.Empty(run.Warnings);
        Assert.Contains(found, Told(run), StringComparison.Ordinal);
        Assert.DoesNotContain("Pod/a-", Told(run), StringComparison.Ordinal);
    }

    private static void Plant(SimulatedCluster cluster)
    {
        foreach (var json in (string[])
        [
            """{"apiVersion":"v1","kind":"Node","metadata":{"name":"node-1"} }""",
            """{"apiVersion":"storage.k8s.io/v1","kind":"StorageClass","metadata":{"name":"fast"} }""",
            """{"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"pv-1"},"spec":{"storageClassName":"fast"} }""",
            """{"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"data","namespace":"web"},"spec":{"volumeName":"pv-1","storageClassName":"fast"} }""",
            """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"conf","namespace":"web"} }""",
            """{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"shop","namespace":"web"} }""",
            """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"shop","namespace":"web","uid":"d1"},"spec":{"replicas":1} }""",
            """{"apiVersion":"apps/v1","kind":"ReplicaSet","metadata":{"name":"shop-1","namespace":"web","uid":"r1","ownerReferences":[{"apiVersion":"apps/v1","kind":"Deployment","name":"shop","uid":"d1","controller":true}]} }""",
            """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"shop-1-a","namespace":"web","uid":"p1","labels":{"app":"shop"},"ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"shop-1","uid":"r1","controller":true}]},
             "spec":{"nodeName":"node-1","serviceAccountName":"shop","volumes":[{"persistentVolumeClaim":{"claimName":"data"}},{"secret":{"secretName":"key"}}],"containers":[{"name":"c","envFrom":[{"configMapRef":{"name":"conf"}}]}]} }
            """,
            """{"apiVersion":"v1","kind":"Service","metadata":{"name":"shop","namespace":"web","uid":"s1"},"spec":{"selector":{"app":"shop"} } }""",
            """
            {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"shop-x","namespace":"web","labels":{"kubernetes.io/service-name":"shop"},"ownerReferences":[{"apiVersion":"v1","kind":"Service","name":"shop","uid":"s1"}]},
             "endpoints":[{"targetRef":{"kind":"Pod","name":"shop-1-a","namespace":"web"}}]}
            """,
            """{"apiVersion":"policy/v1","kind":"PodDisruptionBudget","metadata":{"name":"shop","namespace":"web"},"spec":{"selector":{"matchLabels":{"app":"shop"} } } }""",
            """{"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","metadata":{"name":"shop","namespace":"web"},"spec":{"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"shop"} } }""",
            """{"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"shop","namespace":"web"},"spec":{"rules":[{"http":{"paths":[{"backend":{"service":{"name":"shop"} } }]} }]} }""",
            """{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding","metadata":{"name":"shop-reads","namespace":"default"},"roleRef":{"kind":"Role","name":"reader"},"subjects":[{"kind":"ServiceAccount","name":"shop","namespace":"web"},{"kind":"User","name":"jane"}]}""",
        ])
        {
            cluster.Store.Add(json);
        }
    }
}
