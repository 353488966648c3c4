using MultiCluster.Sandbox.Api;

namespace MultiCluster.Sandbox.Writes;

/// <summary>What the query of a PATCH says (meta/v1 PatchOptions).</summary>
internal sealed record ApplyOptions(bool DryRun, bool Force)
{
    private const string Kind = "PatchOptions";

    /// <summary>Options of an apply, which must say who applies.</summary>
    public static ApplyOptions Of(SimulatedRequest request)
    {
        var query = request.Context.Request.Query;
        if (query["fieldManager"].ToString().Length == 0) throw Invalid("fieldManager", "Required value: is required for apply patch");
        return new(WriteOptions.DryRun(request, Kind), query.Flag("force"));
    }

    /// <summary>Options of every other patch.</summary>
    public static bool DryRunOf(SimulatedRequest request)
    {
        if (request.Context.Request.Query.ContainsKey("force")) throw Invalid("force", "Forbidden: may not be specified for non-apply patch");
        return WriteOptions.DryRun(request, Kind);
    }

    private static StatusError Invalid(string field, string problem) => StatusError.InvalidOptions(Kind, "meta.k8s.io", "", (field, problem));
}
