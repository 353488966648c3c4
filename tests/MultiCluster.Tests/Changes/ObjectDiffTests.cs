using System.Text;
using MultiCluster.Changes.Diffs;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;
using MultiCluster.Tests.Objects.Kinds;

namespace MultiCluster.Tests.Changes;

/// <summary>What a change is said to change.</summary>
public sealed class ObjectDiffTests
{
    private const string Container = """{"name":"app","image":"x:1","imagePullPolicy":"Always"}""";

    [Fact]
    public void What_differs_is_told_by_path_with_both_values() => Assert.Equal(
        ["spec.replicas: 1 -> 2", "spec.paused: (none) -> true", "spec.strategy: (none) -> @{type=Recreate}", "spec.minReadySeconds: 5 -> (none)"],
        Diff("Deployment", """{"spec":{"replicas":1,"minReadySeconds":5}}""", """{"spec":{"replicas":2,"paused":true,"strategy":{"type":"Recreate"}}}"""));

    [Fact]
    public void What_only_the_server_writes_is_left_out() => Assert.Empty(Diff(
        "Deployment",
        """{"metadata":{"uid":"1","generation":1,"resourceVersion":"1","managedFields":[]},"spec":{},"status":{"replicas":1}}""",
        """{"metadata":{"uid":"2","generation":2,"resourceVersion":"2","managedFields":[{}],"creationTimestamp":"2026-01-01T00:00:00Z","deletionTimestamp":"2026-01-01T00:00:00Z"},"spec":{},"status":{"replicas":2}}"""));

    [Fact]
    public void What_the_server_adds_to_what_is_asked_for_is_left_out() => Assert.Equal(
        ["spec.template.spec.containers[1]"],
        Paths(
            "Deployment",
            """{"spec":{"template":{"spec":{"containers":[CONTAINER]}}}}""",
            """{"spec":{"progressDeadlineSeconds":600,"template":{"spec":{"dnsPolicy":"ClusterFirst","containers":[CONTAINER,{"name":"side","image":"y","imagePullPolicy":"Always"}]}}}}""",
            """{"spec":{"template":{"spec":{"containers":[{"name":"app","image":"x:1"},{"name":"side","image":"y"}]}}}}"""));

    [Theory]
    // Beside what another has put into the same list, by value or by whatever keys its elements have.
    [InlineData("""{"finalizers":["x/a"]}""", """{"finalizers":["x/a","x/b"]}""", """{"finalizers":["x/b"]}""", "finalizers[1]")]
    [InlineData("""{"ports":[{"port":90,"protocol":"TCP"}]}""", """{"ports":[{"port":90,"protocol":"TCP"},{"port":80,"protocol":"TCP"}]}""", """{"ports":[{"port":80}]}""", "ports[1]")]
    [InlineData("""{"ports":[{"port":80,"protocol":"TCP"}]}""", """{"ports":[{"port":80,"protocol":"TCP"},{"port":90,"protocol":"TCP"}]}""", """{"ports":[{"port":80}]}""", "")]
    [InlineData("""{"limits":[{"cpu":"1"}]}""", """{"limits":[{"cpu":"1"},{"cpu":"2"}]}""", """{"limits":[{"cpu":"1"},{"cpu":"2000m"}]}""", "limits[1]")] // in the server's own writing
    public void An_element_that_is_asked_for_is_told_and_another_is_not(string before, string now, string wanted, string paths) =>
        Assert.Equal(paths, string.Join(' ', Paths("ConfigMap", $$"""{"data":{{before}}}""", $$"""{"data":{{now}}}""", $$"""{"data":{{wanted}}}""").Select(static path => path["data.".Length..])));

    [Fact]
    public void A_default_that_changes_is_told() => Assert.Equal(
        ["spec.containers[0].image", "spec.containers[0].imagePullPolicy"],
        Paths(
            "Pod",
            """{"spec":{"containers":[CONTAINER]}}""",
            """{"spec":{"containers":[{"name":"app","image":"x:2","imagePullPolicy":"IfNotPresent"}]}}""",
            """{"spec":{"containers":[{"name":"app","image":"x:2"}]}}"""));

    [Fact]
    public void Of_what_is_made_every_field_that_was_asked_for_is_told() => Assert.Equal(
        ["metadata.labels.app: (none) -> web", "data.key: (none) -> 1", "data.empty: (none) -> "],
        ObjectDiff.Of(null, Read("ConfigMap", """{"metadata":{"uid":"1","labels":{"app":"web"}},"data":{"key":"1","empty":""},"immutable":false}"""), Slice("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"web","labels":{"app":"web"}},"data":{"key":"1","empty":""}}""")).Select(static change => $"{change}"));

    [Fact]
    public void The_values_of_a_Secret_are_masked_wherever_they_stand()
    {
        const string before = """{"data":{"password":"Z2VoZWlt","gone":"Z2VoZWlt"},"metadata":{"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"geheim Z2VoZWlt"}}}""";
        const string now = """{"data":{"password":"Z2VoZWltZXI=","more":"Z2VoZWlt"},"metadata":{"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"geheimer Z2VoZWltZXI="}}}""";
        var changes = Diff("Secret", before, now).Concat(Created(now)).Concat(Diff("Secret", "{}", now)).Concat(Diff("Secret", before, "{}")).Concat(Created("""{"stringData":{"password":"geheim"}}""")).ToArray();
        Assert.Contains("data.password: •••• (8 bytes) -> •••• (12 bytes)", changes);
        Assert.All(changes, static change =>
        {
            Assert.DoesNotContain("geheim", change, StringComparison.Ordinal);
            Assert.DoesNotContain("Z2VoZW", change, StringComparison.Ordinal);
        });

        static IEnumerable<string> Created(string json) => ObjectDiff.Of(null, Read("Secret", json), Slice(json)).Select(static change => $"{change}");
    }

    [Fact]
    public void A_Secret_of_another_group_hides_nothing() =>
        Assert.Equal(["data.a: 1 -> 2"], ObjectDiff.Of(Sample.Read("example.com/v1", "Secret", """{"data":{"a":"1"}}"""), Sample.Read("example.com/v1", "Secret", """{"data":{"a":"2"}}"""), default).Select(static change => $"{change}"));

    private static IEnumerable<string> Diff(string kind, string before, string now, string? wanted = null) =>
        ObjectDiff.Of(Read(kind, before), Read(kind, now), wanted is null ? default : Slice(wanted)).Select(static change => $"{change}");

    private static IEnumerable<string> Paths(string kind, string before, string now, string wanted) =>
        ObjectDiff.Of(Read(kind, before), Read(kind, now), Slice(wanted)).Select(static change => change.Path);

    private static KubeObject Read(string kind, string json) => Sample.Read(kind == "Deployment" ? "apps/v1" : "v1", kind, json.Replace("CONTAINER", Container, StringComparison.Ordinal));

    private static JsonSlice Slice(string json) => new(Encoding.UTF8.GetBytes(json), 0);
}
