using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;

namespace MultiCluster.Sandbox.Writes;

/// <summary>What a write's query says. <c>fieldValidation</c> is taken and changes nothing.</summary>
internal static class WriteOptions
{
    /// <summary>True when the write must not be stored.</summary>
    /// <param name="request">The request.</param>
    /// <param name="kind">The options' kind, for messages: <c>PatchOptions</c>.</param>
    public static bool DryRun(SimulatedRequest request, string kind)
    {
        var query = request.Context.Request.Query;
        if (FieldOrigin.Problem(query["fieldManager"].ToString()) is { } problem)
            throw StatusError.InvalidOptions(kind, "meta.k8s.io", "", ("fieldManager", problem));
        return DryRun(query["dryRun"].Select(v => v ?? ""), kind);
    }

    /// <summary>True for <c>["All"]</c>.</summary>
    public static bool DryRun(JsonNode? values, string kind) => DryRun(values is JsonArray array ? array.Select(v => v?.ToString() ?? "") : [], kind);

    private static bool DryRun(IEnumerable<string> values, string kind)
    {
        var all = values.Where(v => v.Length > 0).ToList();
        if (all.Count == 0) return false;
        if (all.TrueForAll(v => v == "All")) return true;
        var found = string.Join(", ", all.Select(v => $"\"{v}\""));
        throw StatusError.InvalidOptions(kind, "meta.k8s.io", "", ("dryRun", $"Unsupported value: []string{{{found}}}: supported values: \"All\""));
    }
}
