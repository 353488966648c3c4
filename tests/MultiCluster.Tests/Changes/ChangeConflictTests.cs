using System.Text;
using System.Text.Json.Nodes;
using MultiCluster.Api.Writes;
using MultiCluster.Changes;
using MultiCluster.Changes.Wanted;
using MultiCluster.Objects;

namespace MultiCluster.Tests.Changes;

/// <summary>Objects that others change at the same time.</summary>
public sealed class ChangeConflictTests
{
    [Fact]
    public async Task A_patch_is_made_again_of_what_others_have_made_of_the_object()
    {
        await using var fleet = await MapAsync();
        fleet.Cluster().Faults.Add(ClusterFault.Conflict().When(static request => request.Verb == "patch").Times(2));
        var changed = await fleet.ChangeAsync([PatchChange.Of(await TargetAsync(fleet), WriteMethod.MergePatch, """{"data":{"key":"2"}}"""u8.ToArray())]);
        Assert.Equal("data.key: 1 -> 2", changed.Result().Message);
        Assert.Equal(3, fleet.Requests("PATCH").Count);
    }

    [Fact]
    public async Task A_patch_gives_up_when_others_never_leave_the_object_alone()
    {
        await using var fleet = await MapAsync();
        fleet.Cluster().Faults.Add(ClusterFault.Conflict().When(static request => request.Verb == "patch"));
        var changed = await fleet.ChangeAsync([PatchChange.Of(await TargetAsync(fleet), WriteMethod.MergePatch, """{"data":{"key":"2"}}"""u8.ToArray())]);
        Assert.Equal(ChangeOutcome.Conflict, changed.Result().Outcome);
        Assert.Equal(5, fleet.Requests("PATCH").Count);
        Assert.Contains("changed meanwhile", Assert.Single(changed.Faults).Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_patch_that_the_server_does_not_accept_is_sent_once()
    {
        await using var fleet = await MapAsync();
        var patch = """[{"op":"test","path":"/data/key","value":"another"}]"""u8.ToArray();
        var changed = await fleet.ChangeAsync([PatchChange.Of(await TargetAsync(fleet), WriteMethod.JsonPatch, patch)]);
        Assert.Equal(ChangeOutcome.Invalid, changed.Result().Outcome);
        Assert.Single(fleet.Requests("PATCH"));
    }

    [Fact]
    public async Task A_patch_changes_no_other_object_of_the_name()
    {
        await using var fleet = await MapAsync();
        var target = await TargetAsync(fleet);
        fleet.Cluster().Store.Remove("configmaps", ChangeFleet.Namespace, "a");
        fleet.Cluster().Store.Add("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"web"},"data":{"key":"theirs"}}""");
        var changed = await fleet.ChangeAsync([PatchChange.Of(target, WriteMethod.MergePatch, """{"data":{"key":"2"}}"""u8.ToArray())]);
        Assert.Equal(ChangeOutcome.Failed, changed.Result().Outcome);
        Assert.Contains("is gone, and another bears its name now", Assert.Single(changed.Faults).Detail, StringComparison.Ordinal);
        Assert.Empty(fleet.Requests("PATCH"));
        Assert.Equal("theirs", fleet.Stored("configmaps", "a")!["data"]!["key"]!.ToString());
    }

    [Fact]
    public async Task A_replacement_of_what_was_changed_meanwhile_says_which_fields_others_changed()
    {
        await using var fleet = await MapAsync();
        var read = await ReadAsync(fleet);
        fleet.Edit("configmaps", "a", static map => map["data"]!["key"] = "theirs");
        var changed = await fleet.ChangeAsync([Replace(read, static map => map["data"]!["mine"] = "1")]);
        var result = changed.Result();
        Assert.Equal((ChangeOutcome.Conflict, "Changed meanwhile: data.key: 1 -> theirs"), (result.Outcome, result.Message));
        Assert.Equal("data.key", Assert.Single(result.Conflicts).Field);
        Assert.Single(fleet.Requests("PUT"));
        Assert.Equal("""{"key":"theirs"}""", fleet.Stored("configmaps", "a")!["data"]!.ToJsonString());
    }

    [Fact]
    public async Task A_replacement_of_what_nobody_changed_is_sent_and_told()
    {
        await using var fleet = await MapAsync();
        var changed = await fleet.ChangeAsync([Replace(await ReadAsync(fleet), static map => map["data"]!["mine"] = "1")]);
        Assert.Equal((ChangeOutcome.Configured, "data.mine: (none) -> 1"), (changed.Result().Outcome, changed.Result().Message));
    }

    [Fact]
    public async Task An_object_that_is_there_already_is_not_created_again()
    {
        await using var fleet = await MapAsync();
        var changed = await fleet.ChangeAsync([WholeChange.Create(ChangeFleet.Manifests("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}")[0], null)]);
        Assert.Equal(ChangeOutcome.Conflict, changed.Result().Outcome);
        Assert.Equal("AlreadyExists", Assert.Single(changed.Faults).Reason);
        Assert.Equal("1", fleet.Stored("configmaps", "a")!["data"]!["key"]!.ToString());
    }

    [Fact]
    public async Task The_server_makes_the_name_of_what_has_none()
    {
        await using var fleet = await ChangeFleet.StartAsync();
        var changed = await fleet.ChangeAsync([WholeChange.Create(ChangeFleet.Manifests("{apiVersion: v1, kind: ConfigMap, metadata: {generateName: import-}}")[0], null)]);
        Assert.Equal(ChangeOutcome.Created, changed.Result().Outcome);
        Assert.StartsWith("import-", changed.Result().Name, StringComparison.Ordinal);
        Assert.NotNull(fleet.Stored("configmaps", changed.Result().Name));
    }

    private static async Task<ChangeFleet> MapAsync()
    {
        var fleet = await ChangeFleet.StartAsync();
        fleet.Cluster().Store.Add("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"web"},"data":{"key":"1"}}""");
        return fleet;
    }

    private static async Task<KubeObject> ReadAsync(ChangeFleet fleet) =>
        Assert.Single((await fleet.Session.ReadAsync(new MultiCluster.Resources.ResourceQuery { Kinds = ["configmaps"], Names = ["a"], Namespaces = [ChangeFleet.Namespace] })).Objects);

    private static async Task<ChangeTarget> TargetAsync(ChangeFleet fleet) => ChangeTarget.Of(await ReadAsync(fleet));

    private static ObjectChange Replace(KubeObject read, Action<JsonObject> change)
    {
        var json = (JsonObject)JsonNode.Parse(Encoding.UTF8.GetString(read.Root.Raw))!;
        change(json);
        var manifest = MultiCluster.Manifests.Manifest.Of(new(new("test", 1, 1, 1), Encoding.UTF8.GetBytes(json.ToJsonString())));
        return WholeChange.Replace(manifest, read) with { ClusterId = read.ClusterId };
    }
}
