using System.Net;
using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using k8s.Models;
using MultiCluster.Faults;
using MultiCluster.Typed.Models;

namespace MultiCluster.Tests.Typed;

public sealed class ReplacementTests
{
    private const string Deployment = """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"typed","namespace":"web"},
         "spec":{"replicas":1,"futureField":{"kept":true},"selector":{"matchLabels":{"app":"typed"} },"template":{"metadata":{"labels":{"app":"typed"} },"spec":{"containers":[
           {"name":"first","image":"a","futureField":1,"resources":{"requests":{"memory":"1024Mi"} } },
           {"name":"second","image":"b","futureField":2}]} } } }
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_model_does_not_know_or_writes_in_other_words_stays()
    {
        await using var session = await TypedSession.StartAsync();
        session.Cluster.Store.Add(Deployment);
        using IKubernetes client = session.Client();
        var model = await client.AppsV1.ReadNamespacedDeploymentAsync("typed", "web", cancellationToken: Stop);

        model.Spec.Replicas = 3;
        model.Spec.Template.Spec.Containers.RemoveAt(0);
        model.Spec.Template.Spec.Containers[0].Image = "c";
        model.Spec.Template.Spec.Containers.Add(new V1Container { Name = "third", Image = "d" });
        var answer = await client.AppsV1.ReplaceNamespacedDeploymentAsync(model, "typed", "web", cancellationToken: Stop);

        Assert.Equal("PATCH /apis/apps/v1/namespaces/web/deployments/typed", session.Asked.Last());
        Assert.Equal(3, answer.Spec.Replicas);
        var spec = JsonNode.Parse(session.Cluster.Store.Find("deployments", "web", "typed")!.ToJson().ToJsonString())!["spec"]!;
        Assert.Equal("""{"kept":true}""", spec["futureField"]!.ToJsonString());
        Assert.Equal(
            """[{"name":"second","image":"c","futureField":2},{"name":"third","image":"d"}]""",
            new JsonArray([.. spec["template"]!["spec"]!["containers"]!.AsArray().Select(container => Only(container!, "name", "image", "futureField"))]).ToJsonString());
    }

    [Fact]
    public async Task A_newer_version_is_a_conflict()
    {
        await using var session = await TypedSession.StartAsync();
        session.Cluster.Store.Add(Deployment);
        using IKubernetes client = session.Client();
        var list = await client.AppsV1.ListNamespacedDeploymentAsync("web", cancellationToken: Stop);
        var model = list.Items.Single(item => item.Name() == "typed");
        await client.AppsV1.PatchNamespacedDeploymentAsync(new V1Patch("""{"spec":{"replicas":7} }""", V1Patch.PatchType.MergePatch), "typed", "web", cancellationToken: Stop);

        model.Spec.Replicas = 3;
        var conflict = await Assert.ThrowsAsync<HttpOperationException>(() => client.AppsV1.ReplaceNamespacedDeploymentAsync(model, "typed", "web", cancellationToken: Stop));

        Assert.Equal(HttpStatusCode.Conflict, conflict.Response.StatusCode);
    }

    [Fact]
    public async Task An_object_that_was_made_anew_under_the_same_name_is_not_changed()
    {
        await using var session = await TypedSession.StartAsync();
        session.Cluster.Store.Add(Deployment);
        using IKubernetes client = session.Client();
        var model = await client.AppsV1.ReadNamespacedDeploymentAsync("typed", "web", cancellationToken: Stop);
        session.Cluster.Store.Remove("deployments", "web", "typed");
        session.Cluster.Store.Add(Deployment);

        model.Spec.Replicas = 3;
        await Assert.ThrowsAsync<HttpOperationException>(() => client.AppsV1.ReplaceNamespacedDeploymentAsync(model, "typed", "web", cancellationToken: Stop));

        Assert.Equal(1, (int?)session.Cluster.Store.Find("deployments", "web", "typed")!.ToJson()["spec"]!["replicas"]);
    }

    [Fact]
    public async Task A_model_of_unknown_origin_is_not_written_whole()
    {
        await using var session = await TypedSession.StartAsync();
        using IKubernetes client = session.Client();
        var model = TypedSession.ConfigMap("typed");
        model.Metadata.ResourceVersion = "1";

        var fault = await Assert.ThrowsAsync<FaultException>(() => client.CoreV1.ReplaceNamespacedConfigMapAsync(model, "typed", "web", cancellationToken: Stop));

        Assert.Equal((FaultPhase.Invalid, "sim-1"), (fault.Fault.Phase, fault.Fault.Cluster?.ClusterName));
        Assert.Empty(session.Asked);
    }

    [Theory]
    [InlineData("""{"a":{"b":1,"x":9}}""", """{"a":{"b":1}}""", """{"a":{"b":2}}""", """{"a":{"b":2}}""")]
    [InlineData("""{"a":"1024Mi","c":1}""", """{"a":"1Gi","c":1}""", """{"a":"1Gi"}""", """{"c":null}""")]
    [InlineData("""{"a":null}""", "{}", "{}", "{}")]
    [InlineData("""{"a":[1,2]}""", """{"a":[1,2]}""", """{"a":[2]}""", """{"a":[2]}""")]
    [InlineData("""{"a":[{"name":"p","x":1}]}""", """{"a":[{"name":"p"}]}""", """{"a":[{"name":"q"},{"name":"p","y":2}]}""", """{"a":[{"name":"q"},{"name":"p","x":1,"y":2}]}""")]
    [InlineData("""{"a":[{"k":1,"x":1}]}""", """{"a":[{"k":1}]}""", """{"a":[{"k":2}]}""", """{"a":[{"k":2,"x":1}]}""")]
    public void A_difference_holds_what_was_changed_alone(string raw, string before, string now, string patch) =>
        Assert.Equal(patch, ModelDifference.Of(Parse(raw), Parse(before), Parse(now)).ToJsonString());

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();

    private static JsonObject Only(JsonNode container, params string[] names) =>
        new JsonObject(names.Where(name => container[name] is not null).Select(name => KeyValuePair.Create(name, container[name]?.DeepClone())));
}
