using System.Text;
using MultiCluster.Comparing;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Tests.Comparing;

/// <summary>Objects whose differences are known, and the rows that say so.</summary>
public sealed class ComparisonTests
{
    private const string Web = """
        {"metadata":{"name":"web","namespace":"shop","uid":"UID","resourceVersion":"VERSION","creationTimestamp":"2026-01-01T00:00:00Z","generation":7,
          "managedFields":[{"manager":"kubectl"}],"annotations":{"deployment.kubernetes.io/revision":"REVISION"}},
         "spec":{"replicas":3,"selector":{"matchLabels":{"app":"web"}},
          "template":{"metadata":{"creationTimestamp":null,"labels":{"app":"web"}},
           "spec":{"containers":[{"name":"app","image":"registry.example.com/web:1.27.3","resources":{"requests":{"cpu":"1","memory":"1Gi"}},"env":[{"name":"A","value":"1"},{"name":"B","value":"2"}],"ports":[{"containerPort":80,"protocol":"TCP"}]},{"name":"proxy","image":"envoy:1"}]}}},
         "status":{"readyReplicas":3}}
        """;

    [Fact]
    public void Objects_that_were_asked_for_alike_do_not_differ()
    {
        var later = Web.Replace("UID", "other", StringComparison.Ordinal).Replace("VERSION", "9", StringComparison.Ordinal).Replace("REVISION", "4", StringComparison.Ordinal).Replace("\"readyReplicas\":3", "\"readyReplicas\":1", StringComparison.Ordinal);

        Assert.Empty(Rows("apps/v1", "Deployment", Web, later));
    }

    [Fact]
    public void The_odd_one_of_three_is_named_with_its_value()
    {
        var row = Assert.Single(Rows("apps/v1", "Deployment", Web, Web.Replace("1.27.3", "1.26.0", StringComparison.Ordinal), Web));

        Assert.Equal("spec.template.spec.containers[app].image", row.Path);
        Assert.Equal([(false, "…1.27.3"), (true, "…1.26.0"), (false, "…1.27.3")], row.Values.Select(static value => (value.IsOdd, value.Short)));
        Assert.Equal(("registry.example.com/web:1.27.3", "2/3: registry.example.com/web:1.27.3", false), (row.Majority, row.Common, row.Same));
        Assert.Equal("c2/shop=registry.example.com/web:1.26.0", $"{Assert.Single(row.Odd)}");
    }

    [Fact]
    public void Of_two_none_is_odd_and_both_are_shown()
    {
        var row = Assert.Single(Rows("apps/v1", "Deployment", Web, Web.Replace("\"replicas\":3", "\"replicas\":5", StringComparison.Ordinal)));

        Assert.Equal(("spec.replicas", null, null), (row.Path, row.Common, row.Majority));
        Assert.Equal([3L, 5L], row.Values.Select(static value => value.Value));
        Assert.DoesNotContain(row.Values, static value => value.IsOdd);
        Assert.Equal(2, row.Odd.Count);
    }

    [Fact]
    public void Quantities_are_compared_by_their_amount()
    {
        var same = Web.Replace("\"cpu\":\"1\",\"memory\":\"1Gi\"", "\"memory\":\"1024Mi\",\"cpu\":\"1000m\"", StringComparison.Ordinal);
        var other = Web.Replace("1Gi", "1G", StringComparison.Ordinal);

        Assert.Empty(Rows("apps/v1", "Deployment", Web, same));
        var row = Assert.Single(Rows("apps/v1", "Deployment", Web, other));
        Assert.Equal("spec.template.spec.containers[app].resources.requests.memory", row.Path);
        Assert.Equal([Quantity.Parse("1Gi"), Quantity.Parse("1G")], row.Values.Select(static value => value.Value));
    }

    [Fact]
    public void Elements_are_the_same_ones_by_their_names_whatever_their_order()
    {
        var turned = Web.Replace("""[{"name":"A","value":"1"},{"name":"B","value":"2"}]""", """[{"name":"B","value":"2"},{"name":"A","value":"1"}]""", StringComparison.Ordinal);
        var changed = turned.Replace("""{"name":"B","value":"2"}""", """{"name":"B","value":"3"},{"name":"C","value":"4"}""", StringComparison.Ordinal);

        Assert.Empty(Rows("apps/v1", "Deployment", Web, turned));
        Assert.Equal(
            ["spec.template.spec.containers[app].env[B].value: 2, 3", "spec.template.spec.containers[app].env[C]: (missing), @{name=C; value=4}"],
            Rows("apps/v1", "Deployment", Web, changed).Select(Text));
    }

    [Fact]
    public void What_one_has_and_others_have_not_is_a_row_of_its_own()
    {
        var single = Web.Replace(",{\"name\":\"proxy\",\"image\":\"envoy:1\"}", "", StringComparison.Ordinal);

        var row = Assert.Single(Rows("apps/v1", "Deployment", Web, Web, single));

        Assert.Equal(("spec.template.spec.containers[proxy]", true, "(missing)"), (row.Path, row.Values[2].IsMissing && row.Values[2].IsOdd, row.Values[2].Text));
    }

    [Theory]
    [InlineData("apps/v1", "Deployment", """{"replicas":1,"template":{"spec":{"containers":[{"name":"a","image":"b"}]}}}""",
        """{"template":{"metadata":{"creationTimestamp":null},"spec":{"containers":[{"name":"a","image":"b","terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File","resources":{}}],"restartPolicy":"Always","dnsPolicy":"ClusterFirst","schedulerName":"default-scheduler","securityContext":{},"terminationGracePeriodSeconds":30}},"strategy":{"type":"RollingUpdate","rollingUpdate":{"maxSurge":"25%","maxUnavailable":"25%"}},"revisionHistoryLimit":10,"progressDeadlineSeconds":600}""")]
    [InlineData("v1", "Service", """{"type":"ClusterIP","clusterIP":"10.0.0.1","sessionAffinity":"None","ports":[{"port":80}]}""",
        """{"clusterIP":"10.9.0.7","clusterIPs":["10.9.0.7"],"internalTrafficPolicy":"Cluster","ipFamilies":["IPv4"],"ipFamilyPolicy":"SingleStack","ports":[{"port":80,"protocol":"TCP","targetPort":80,"nodePort":30101}]}""")]
    [InlineData("apps/v1", "StatefulSet", """{"serviceName":"x","updateStrategy":{"type":"RollingUpdate"}}""",
        """{"serviceName":"x","podManagementPolicy":"OrderedReady","updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"partition":0}},"persistentVolumeClaimRetentionPolicy":{"whenDeleted":"Retain","whenScaled":"Retain"}}""")]
    [InlineData("batch/v1", "Job", """{"template":{"spec":{}}}""", """{"completionMode":"NonIndexed","suspend":false,"podReplacementPolicy":"TerminatingOrFailed","parallelism":1,"backoffLimit":6,"selector":{"matchLabels":{"controller-uid":"1"}},"template":{"metadata":{"labels":{"controller-uid":"1"}},"spec":{}}}""")]
    public void What_servers_of_other_versions_fill_in_is_no_difference(string apiVersion, string kind, string old, string current) =>
        Assert.Empty(Rows(apiVersion, kind, Of(old), Of(current)).Select(Text));

    [Fact]
    public void An_empty_selector_is_not_a_missing_one()
    {
        const string Open = """{"podSelector":{},"ingress":[{"from":[{"namespaceSelector":{},"podSelector":{"matchLabels":{"a":"b"}}}]}]}""";

        Assert.NotEmpty(Rows("networking.k8s.io/v1", "NetworkPolicy", Of(Open), Of(Open.Replace("\"namespaceSelector\":{},", "", StringComparison.Ordinal))));
    }

    [Fact]
    public void Tables_that_nothing_tells_apart_are_there_or_not()
    {
        const string Rule = """{"apiGroups":[""],"resources":["pods","services"],"verbs":["get","list"]}""";
        const string Turned = """{"apiGroups":[""],"resources":["pods","services"],"verbs":["get","list"]}""";
        const string More = """{"apiGroups":["apps"],"resources":["deployments"],"verbs":["get"]}""";

        Assert.Empty(Rows("rbac.authorization.k8s.io/v1", "ClusterRole", Role($"{Rule},{More}"), Role($"{More},{Turned}")));
        var row = Assert.Single(Rows("rbac.authorization.k8s.io/v1", "ClusterRole", Role(Rule), Role($"{Rule},{More}"), Role(Rule)));
        Assert.Equal(("rules[{apiGroups={apps}; resources={deployments}; verbs={get}}]", "present", true), (row.Path, row.Values[1].Text, row.Values[1].IsOdd));

        static string Role(string rules) => $$"""{"metadata":{"name":"web","namespace":"shop"},"rules":[{{rules}}]}""";
    }

    [Fact]
    public void The_order_of_arguments_counts_and_that_of_finalizers_does_not()
    {
        var one = Of("""{"finalizers":["a","b"],"template":{"spec":{"containers":[{"name":"a","args":["x","y"]}]}}}""");
        var other = Of("""{"finalizers":["b","a"],"template":{"spec":{"containers":[{"name":"a","args":["y","x"]}]}}}""");

        Assert.Equal(["spec.template.spec.containers[a].args: {x, y}, {y, x}"], Rows("apps/v1", "Deployment", one, other).Select(Text));
    }

    [Fact]
    public void Kinds_that_others_define_have_spans_of_time_and_amounts_by_value()
    {
        const string One = """{"duration":"2160h","interval":"5m","resources":{"limits":{"memory":"1Gi"}},"list":[{"host":"a"},{"host":"b"}]}""";
        const string Same = """{"duration":"2160h0m0s","interval":"300s","resources":{"limits":{"memory":"1024Mi"}},"list":[{"host":"b"},{"host":"a"}]}""";

        Assert.Empty(Rows("example.com/v1", "Gizmo", Of(One), Of(Same)).Select(Text));
        Assert.Equal(["spec.interval: 5m, 6m"], Rows("example.com/v1", "Gizmo", Of(One), Of(One.Replace("5m", "6m", StringComparison.Ordinal))).Select(Text));
    }

    [Fact]
    public void Secrets_are_told_apart_and_never_shown()
    {
        const string One = """{"metadata":{"name":"web","namespace":"shop","annotations":{"kubectl.kubernetes.io/last-applied-configuration":"c2VjcmV0"}},"type":"Opaque","data":{"a":"c2VjcmV0","b":"c2FtZQ=="}}""";
        const string Other = """{"metadata":{"name":"web","namespace":"shop"},"data":{"a":"c2VjcmV1","b":"c2FtZQ=="}}""";

        var row = Assert.Single(Rows("v1", "Secret", One, One, Other));

        Assert.Equal("data.a", row.Path);
        Assert.Equal((row.Values[0].Text, true), (row.Values[1].Text, row.Values[2].IsOdd));
        Assert.All(row.Values, static value => Assert.Matches("^•••• \\(6 bytes\\) #[0-9a-f]{8}$", value.Text));
        Assert.DoesNotContain("c2VjcmV", string.Concat(row.Values.Select(static value => $"{value.Text}{value.Value}{value.Short}")), StringComparison.Ordinal);
        Assert.NotEqual(row.Values[0].Text, Assert.Single(Rows("v1", "Secret", One, One, Other)).Values[0].Text); // the mark is of one comparison
    }

    [Theory]
    [InlineData("spec.template.spec.containers.image", "spec.template.spec.containers[app].image spec.template.spec.containers[proxy].image")]
    [InlineData("spec.template.spec.containers[app].image", "spec.template.spec.containers[app].image")]
    [InlineData("Spec.Replicas", "spec.replicas")]
    [InlineData("spec.template.spec.containers.0.image", "spec.template.spec.containers[app].image")]
    [InlineData("spec.selector.matchLabels.app", "spec.selector.matchLabels.app")]
    [InlineData("spec.nowhere", "")]
    public void One_path_is_compared_alone_and_shown_where_it_is_the_same(string path, string rows)
    {
        var found = Rows("apps/v1", "Deployment", new ComparisonQuery { AllNamespaces = true, Paths = [path] }, Web, Web);

        Assert.Equal(rows, string.Join(' ', found.Select(static row => row.Path)));
        Assert.All(found, static row => Assert.True(row.Same));
    }

    [Fact]
    public void Status_is_compared_when_that_is_asked_for_without_its_moments()
    {
        const string One = """{"metadata":{"name":"web","namespace":"shop"},"status":{"phase":"Bound","conditions":[{"type":"Ready","status":"True","lastTransitionTime":"2026-01-01T00:00:00Z"}]}}""";
        var other = One.Replace("2026", "2025", StringComparison.Ordinal).Replace("Bound", "Lost", StringComparison.Ordinal);

        Assert.Empty(Rows("v1", "PersistentVolumeClaim", One, other));
        Assert.Equal(["status.phase: Bound, Lost"], Rows("v1", "PersistentVolumeClaim", new ComparisonQuery { AllNamespaces = true, IncludeStatus = true }, One, other).Select(Text));
    }

    [Fact]
    public void An_object_that_is_missing_is_a_row_and_one_that_nobody_could_tell_of_is_none()
    {
        var comparison = new Comparison(new ComparisonQuery { AllNamespaces = true });
        var sides = Sides(4);
        comparison.Add(Read(sides[0], "apps/v1", "Deployment", Web));
        comparison.Add(Read(sides[1], "apps/v1", "Deployment", Web));

        var row = Assert.Single(comparison.Rows(sides, (side, _, _) => side != sides[3], static _ => { }, TestContext.Current.CancellationToken));

        Assert.Equal(("", "2/3: present"), (row.Path, row.Common));
        Assert.Equal(["present", "present", "(missing)", "?"], row.Values.Select(static value => value.Text));
        Assert.Equal([false, false, true, false], row.Values.Select(static value => value.IsOdd));
    }

    [Fact]
    public void Of_many_that_are_written_alike_each_has_its_own_value()
    {
        var other = Web.Replace("\"replicas\":3", "\"replicas\":4", StringComparison.Ordinal);

        var row = Assert.Single(Rows("apps/v1", "Deployment", Web, other, Web.Replace("VERSION", "9", StringComparison.Ordinal), other.Replace("REVISION", "7", StringComparison.Ordinal), Web));

        Assert.Equal([3L, 4L, 3L, 4L, 3L], row.Values.Select(static value => value.Value));
        Assert.Equal("3/5: 3", row.Common);
    }

    [Fact]
    public void Values_that_begin_alike_show_what_is_their_own() =>
        Assert.Equal(["…eu-1", null, "…us-1"], ShownTexts.Of(["https://api.example.com/eu-1", null, "https://api.example.com/us-1"]));

    [Theory]
    [InlineData("spec..replicas")]
    [InlineData("spec.containers[app")]
    public void What_is_no_path_is_an_error(string path) =>
        Assert.Equal(FaultPhase.Invalid, Assert.Throws<FaultException>(() => WantedPath.Parse(path)).Fault.Phase);

    private static string Of(string spec) => $$"""{"metadata":{"name":"web","namespace":"shop"},"spec":{{spec}}}""";

    private static string Text(KubeDifference row) => $"{row.Path}: {string.Join(", ", row.Values.Select(static value => value.Text))}";

    private static IReadOnlyList<KubeDifference> Rows(string apiVersion, string kind, params string[] objects) => Rows(apiVersion, kind, new ComparisonQuery { AllNamespaces = true }, objects);

    private static IReadOnlyList<KubeDifference> Rows(string apiVersion, string kind, ComparisonQuery query, params string[] objects)
    {
        var comparison = new Comparison(query);
        var sides = Sides(objects.Length);
        for (var at = 0; at < objects.Length; at++)
            comparison.Add(Read(sides[at], apiVersion, kind, objects[at]));
        return [.. comparison.Rows(sides, static (_, _, _) => true, static fault => Assert.Fail(fault.Message), TestContext.Current.CancellationToken)];
    }

    private static ComparedSide[] Sides(int count) => [.. Enumerable.Range(1, count).Select(static at => new ComparedSide(ClusterIdentity.Of("fleet.yaml", $"c{at}"), null))];

    private static KubeObject Read(ComparedSide side, string apiVersion, string kind, string json)
    {
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        var source = new ObjectSource
        {
            Cluster = side.Cluster,
            Kind = new ResourceKind { Group = slash < 0 ? "" : apiVersion[..slash], Version = apiVersion[(slash + 1)..], Kind = kind, Plural = kind },
            Time = TimeProvider.System,
        };
        var bytes = Encoding.UTF8.GetBytes(json);
        return KubeObjectFactory.For(source.Kind)(new ObjectContent(source, bytes, ItemIndex.OfObject(bytes)));
    }
}
