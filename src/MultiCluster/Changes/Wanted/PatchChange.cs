using System.Text.Json;
using System.Text.Json.Nodes;
using MultiCluster.Api.Writes;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Changes.Wanted;

/// <summary>Patches. Each holds for the object that was meant, and no other of its name.</summary>
internal static class PatchChange
{
    /// <summary>A patch as it was written by hand.</summary>
    /// <param name="target">The object.</param>
    /// <param name="method">Merge, strategic or JSON.</param>
    /// <param name="patch">The patch: JSON.</param>
    /// <exception cref="FaultException">It is no patch of that type (Invalid).</exception>
    public static ObjectChange Of(ChangeTarget target, WriteMethod method, byte[] patch)
    {
        var node = JsonNode.Parse(patch);
        if (method == WriteMethod.JsonPatch ? node is not JsonArray : node is not JsonObject)
            throw new FaultException(FaultPhase.Invalid, method == WriteMethod.JsonPatch ? "a JSON patch is a list of operations" : "a merge patch is a table", "See Get-Help Update-KubeResource -Examples.");
        return target.Change("Change", before => Write(method, node!.DeepClone(), before));
    }

    /// <summary>A merge patch that is made of the object.</summary>
    public static ObjectChange Merge(ChangeTarget target, string action, Func<KubeObject, JsonObject?> patch) =>
        target.Change(action, before => patch(before) is { } merge ? Write(WriteMethod.MergePatch, merge, before) : null);

    /// <summary>A JSON patch that is made of the object.</summary>
    public static ObjectChange Operations(ChangeTarget target, string action, Func<KubeObject, JsonArray> operations) =>
        target.Change(action, before => operations(before) is { Count: > 0 } patch ? Write(WriteMethod.JsonPatch, patch, before) : null);

    /// <summary>A change of labels or annotations; null as a value removes one.</summary>
    public static ObjectChange Texts(ChangeTarget target, string member, IReadOnlyDictionary<string, string?> texts) =>
        target.Change(
            "Change",
            before =>
            {
                var table = new JsonObject();
                foreach (var (key, value) in texts)
                    table[key] = value;
                return Write(WriteMethod.MergePatch, new JsonObject { ["metadata"] = new JsonObject { [member] = table } }, before);
            });

    /// <summary>The write with its precondition.</summary>
    private static ObjectWrite Write(WriteMethod method, JsonNode patch, KubeObject before)
    {
        if (patch is JsonArray operations)
            operations.Insert(0, new JsonObject { ["op"] = "test", ["path"] = "/metadata/uid", ["value"] = before.Uid });
        else if (patch is JsonObject table)
            (table["metadata"] as JsonObject ?? Metadata(table))["uid"] = before.Uid;
        return new ObjectWrite(method, JsonSerializer.SerializeToUtf8Bytes(patch));
    }

    private static JsonObject Metadata(JsonObject table)
    {
        var metadata = new JsonObject();
        table["metadata"] = metadata;
        return metadata;
    }
}
