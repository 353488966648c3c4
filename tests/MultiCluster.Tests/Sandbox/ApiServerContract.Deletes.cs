using System.Text.Json.Nodes;

namespace MultiCluster.Tests.Sandbox;

// DELETE: conditions, grace, finalizers, propagation, namespaces.
public abstract partial class ApiServerContract
{
    [Fact]
    public async Task A_delete_checks_the_version()
    {
        var path = $"{await ConfigMapsAsync("a")}/a";
        var version = Version(await Admin.GetAsync(path));
        var status = await Admin.DeleteAsync(path, """{"preconditions":{"resourceVersion":"1"}}""", 409);
        Assert.Equal(
            $"Operation cannot be fulfilled on ConfigMap \"a\": the ResourceVersion in the precondition (1) does not match the ResourceVersion in record ({version}). "
            + "The object might have been modified",
            Text(status["message"]));
        await Admin.DeleteAsync(path, $$"""{"preconditions":{"resourceVersion":"{{version}}"} }""");
    }

    [Theory]
    [InlineData("?dryRun=All", null)]
    [InlineData("", """{"kind":"DeleteOptions","apiVersion":"v1","dryRun":["All"]}""")]
    public async Task A_dry_run_of_a_delete_deletes_nothing(string query, string? body)
    {
        var path = $"{await ConfigMapsAsync("a")}/a";
        var before = await Admin.GetAsync(path);
        Assert.Equal("Success", Text((await Admin.DeleteAsync(path + query, body))["status"]));
        Assert.Equal(before.ToJsonString(), (await Admin.GetAsync(path)).ToJsonString());
    }

    [Fact]
    public async Task Options_in_the_body_make_those_in_the_query_void()
    {
        var path = $"{await ConfigMapsAsync("a")}/a";
        await Admin.DeleteAsync($"{path}?dryRun=All", """{"kind":"DeleteOptions","apiVersion":"v1"}""");
        await Admin.FailAsync(404, path);
    }

    [Theory]
    [InlineData("""{"propagationPolicy":"Maybe"}""", "propagationPolicy: Unsupported value: \"Maybe\": supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\"")]
    [InlineData("""{"propagationPolicy":"Orphan","orphanDependents":true}""", "propagationPolicy: Invalid value: \"Orphan\": orphanDependents and deletionPropagation cannot be both set")]
    [InlineData("""{"dryRun":["Some"]}""", "dryRun: Unsupported value: []string{\"Some\"}: supported values: \"All\"")]
    public async Task Options_that_cannot_be_are_a_422(string options, string problem)
    {
        var path = $"{await ConfigMapsAsync("a")}/a";
        Assert.Equal($"DeleteOptions.meta.k8s.io \"\" is invalid: {problem}", Text((await Admin.DeleteAsync(path, options, 422))["message"]));
    }

    [Fact]
    public async Task A_finalizer_holds_an_object_until_it_is_taken_out()
    {
        var path = await ConfigMapsAsync("a");
        await Admin.PatchAsync($"{path}/a", """{"metadata":{"finalizers":["example.com/hold"]}}""");
        using var watch = await WatchAsync($"{path}?watch=true&resourceVersion={await VersionAsync(path)}");
        var deleted = await Admin.DeleteAsync($"{path}/a");
        Assert.Equal("ConfigMap", Text(deleted["kind"]));
        Assert.NotEmpty(Text(deleted["metadata"]!["deletionTimestamp"]));
        Assert.Equal("0", Text(deleted["metadata"]!["deletionGracePeriodSeconds"]));
        Assert.Equal(Version(deleted), Version(await Admin.DeleteAsync($"{path}/a")));
        Assert.Equal(Version(deleted), Version(await Admin.PatchAsync($"{path}/a", """{"metadata":{"deletionTimestamp":null}}""")));

        var status = await Admin.PatchAsync($"{path}/a", """{"metadata":{"finalizers":["example.com/hold","example.com/new"]}}""", status: 422);
        Assert.Equal(
            "ConfigMap \"a\" is invalid: metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers "
            + "[]string{\"example.com/new\"}",
            Text(status["message"]));

        var last = await Admin.PatchAsync($"{path}/a", """{"metadata":{"finalizers":null}}""");
        Assert.Equal(Version(deleted), Version(last));
        await Admin.FailAsync(404, $"{path}/a");
        Assert.Equal(["MODIFIED a", "DELETED a"], await watch.TakeAsync(2));
    }

    [Fact]
    public async Task A_scheduled_pod_is_given_its_grace_and_a_shorter_one_if_asked()
    {
        var path = await PodsAsync("p");
        using var watch = await WatchAsync($"{path}?watch=true&resourceVersion={await VersionAsync(path)}");
        var deleted = await Admin.DeleteAsync($"{path}/p");
        Assert.Equal("Pod 30", $"{deleted["kind"]} {deleted["metadata"]!["deletionGracePeriodSeconds"]}");
        var longer = await Admin.DeleteAsync($"{path}/p", """{"gracePeriodSeconds":40}""");
        Assert.Equal(Version(deleted), Version(longer));
        var shorter = await Admin.DeleteAsync($"{path}/p", """{"gracePeriodSeconds":10}""");
        Assert.Equal("10", Text(shorter["metadata"]!["deletionGracePeriodSeconds"]));
        Assert.Equal(TimeSpan.FromSeconds(-20), DeletionTime(shorter) - DeletionTime(deleted));
        var shown = await Admin.DeleteAsync($"{path}/p?gracePeriodSeconds=5&dryRun=All");
        Assert.Equal("5", Text(shown["metadata"]!["deletionGracePeriodSeconds"]));
        Assert.Equal(Version(shorter), Version(await Admin.GetAsync($"{path}/p")));
        var gone = await Admin.DeleteAsync($"{path}/p", """{"gracePeriodSeconds":0}""");
        Assert.Equal("Pod 0", $"{gone["kind"]} {gone["metadata"]!["deletionGracePeriodSeconds"]}");
        await Admin.FailAsync(404, $"{path}/p");
        Assert.Equal(["MODIFIED p", "MODIFIED p", "MODIFIED p", "DELETED p"], await watch.TakeAsync(4));
    }

    [Theory]
    [InlineData("", "Pending")]
    [InlineData("node", "Succeeded")]
    [InlineData("node", "Failed")]
    public async Task A_pod_that_does_not_run_goes_at_once(string node, string phase)
    {
        var path = $"/api/v1/namespaces/{await Server.NewNamespaceAsync()}/pods";
        await Admin.CreateAsync(path, Pod("p", node));
        await Admin.PatchAsync($"{path}/p/status", $$$"""{"status":{"phase":"{{{phase}}}"}}""");
        var gone = await Admin.DeleteAsync($"{path}/p");
        Assert.Equal("Pod 0", $"{gone["kind"]} {gone["metadata"]!["deletionGracePeriodSeconds"]}");
        await Admin.FailAsync(404, $"{path}/p");
    }

    [Fact]
    public async Task A_pod_of_another_uid_is_not_deleted()
    {
        var path = await PodsAsync("p");
        var uid = Text((await Admin.GetAsync($"{path}/p"))["metadata"]!["uid"]);
        var status = await Admin.DeleteAsync($"{path}/p", """{"gracePeriodSeconds":0,"preconditions":{"uid":"x"}}""", 409);
        Assert.Equal("Conflict", Text(status["reason"]));
        Assert.Equal(
            $"Operation cannot be fulfilled on Pod \"p\": the UID in the precondition (x) does not match the UID in record ({uid}). "
            + "The object might have been deleted and then recreated",
            Text(status["message"]));
    }

    [Fact]
    public async Task A_pods_finalizer_holds_it_when_its_grace_is_over()
    {
        var path = await PodsAsync("p");
        await Admin.PatchAsync($"{path}/p", """{"metadata":{"finalizers":["example.com/hold"]}}""");
        await Admin.DeleteAsync($"{path}/p?gracePeriodSeconds=0");
        Assert.Equal("0", Text((await Admin.GetAsync($"{path}/p"))["metadata"]!["deletionGracePeriodSeconds"]));
        await Admin.PatchAsync($"{path}/p", """{"metadata":{"finalizers":[]}}""");
        await Admin.FailAsync(404, $"{path}/p");
    }

    [Theory]
    [InlineData("""{"propagationPolicy":"Foreground"}""", "foregroundDeletion")]
    [InlineData("""{"propagationPolicy":"Orphan"}""", "orphan")]
    [InlineData("""{"orphanDependents":true}""", "orphan")]
    public async Task A_propagation_that_needs_care_holds_the_object(string options, string finalizer)
    {
        var path = $"{await ConfigMapsAsync("a")}/a";
        Assert.Equal([finalizer], Finalizers(await Admin.DeleteAsync(path, options)));
        await Admin.PatchAsync(path, """{"metadata":{"finalizers":null}}""");
        await Admin.FailAsync(404, path);
    }

    [Fact]
    public async Task A_kind_that_is_shown_when_it_is_gone_is_answered_itself()
    {
        var path = $"/api/v1/namespaces/{await Server.NewNamespaceAsync()}/resourcequotas";
        await Admin.CreateAsync(path, """{"apiVersion":"v1","kind":"ResourceQuota","metadata":{"name":"q"},"spec":{}}""");
        Assert.Equal("ResourceQuota", Text((await Admin.DeleteAsync($"{path}/q"))["kind"]));
        await Admin.FailAsync(404, $"{path}/q");
    }

    [Fact]
    public async Task A_namespace_that_is_being_deleted_takes_nothing_new()
    {
        var ns = await Server.NewNamespaceAsync();
        var path = $"/api/v1/namespaces/{ns}";
        await Admin.CreateAsync($"{path}/configmaps", ConfigMap("a"));
        await Admin.CreateAsync($"{path}/pods", Pod("p"));
        Assert.Equal("Terminating", Text((await Admin.DeleteAsync($"{path}?dryRun=All"))["status"]!["phase"]));
        Assert.Equal("Active", Text((await Admin.GetAsync(path))["status"]!["phase"]));
        var wrong = await Admin.DeleteAsync(path, """{"preconditions":{"uid":"x"}}""", 409);
        Assert.StartsWith(
            $"Operation cannot be fulfilled on namespaces \"{ns}\": Precondition failed: UID in precondition: x, UID in object meta: ",
            Text(wrong["message"]),
            StringComparison.Ordinal);
        var deleted = await Admin.DeleteAsync(path);
        Assert.Equal("Namespace Terminating", $"{deleted["kind"]} {deleted["status"]!["phase"]}");
        Assert.Equal("kubernetes", Text(deleted["spec"]!["finalizers"]![0]));

        var status = await Admin.JsonAsync(HttpMethod.Post, $"{path}/configmaps", 403, ConfigMap("b"));
        Assert.Equal($"configmaps \"b\" is forbidden: unable to create new content in namespace {ns} because it is being terminated", Text(status["message"]));
        Assert.Equal("NamespaceTerminating", Text(status["details"]!["causes"]![0]!["reason"]));
        Assert.Equal($"namespace {ns} is being terminated", Text(status["details"]!["causes"]![0]!["message"]));
        status = await Admin.JsonAsync(HttpMethod.Post, $"{path}/pods/p/eviction", 403, Eviction("p"));
        Assert.Equal($"pods \"p\" is forbidden: unable to create new content in namespace {ns} because it is being terminated", Text(status["message"]));
        Assert.Equal("NamespaceTerminating", Text(status["details"]!["causes"]![0]!["reason"]));
        await Admin.PatchAsync($"{path}/configmaps/a", """{"data":{"y":"1"}}""");
    }

    [Fact]
    public async Task A_namespace_goes_when_it_is_finalized()
    {
        var path = $"/api/v1/namespaces/{await Server.NewNamespaceAsync()}";
        var deleted = await Admin.DeleteAsync(path);
        deleted["spec"] = new JsonObject();
        await Admin.JsonAsync(HttpMethod.Put, $"{path}/finalize", 200, deleted.ToJsonString());
        await Admin.FailAsync(404, path);
    }

    [Fact]
    public async Task The_default_namespace_may_not_be_deleted()
    {
        var status = await Admin.DeleteAsync("/api/v1/namespaces/default", status: 403);
        Assert.Equal("namespaces \"default\" is forbidden: this namespace may not be deleted", Text(status["message"]));
    }

    private static DateTimeOffset DeletionTime(JsonNode item) => DateTimeOffset.Parse(Text(item["metadata"]!["deletionTimestamp"]), Culture);

    private async Task<string> PodsAsync(params string[] names)
    {
        var path = $"/api/v1/namespaces/{await Server.NewNamespaceAsync()}/pods";
        foreach (var name in names) await Admin.CreateAsync(path, Pod(name));
        return path;
    }
}
