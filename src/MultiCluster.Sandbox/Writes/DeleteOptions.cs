using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Writes;

/// <summary>How something is to be deleted (meta/v1 DeleteOptions).</summary>
internal sealed record DeleteOptions
{
    private const string Kind = "DeleteOptions";

    public string? Uid { get; init; }

    public string? ResourceVersion { get; init; }

    /// <summary>Null for the object's own.</summary>
    public long? GracePeriodSeconds { get; init; }

    /// <summary><c>Background</c>, <c>Foreground</c> or <c>Orphan</c>; null for the kind's own.</summary>
    public string? Propagation { get; init; }

    public bool DryRun { get; init; }

    /// <summary>At once, whatever the object's own grace period.</summary>
    public static DeleteOptions Now(string uid) => new() { Uid = uid, GracePeriodSeconds = 0 };

    /// <summary>The options of a request: its body's, or where it has none its query's.</summary>
    public static async Task<DeleteOptions> OfAsync(SimulatedRequest request)
    {
        if (await RequestBody.OptionalAsync(request) is { } body) return Of(body);
        var query = request.Context.Request.Query;
        return new DeleteOptions
        {
            GracePeriodSeconds = query.Number("gracePeriodSeconds"),
            Propagation = PropagationOf(query["propagationPolicy"].ToString() is { Length: > 0 } policy ? policy : null, query.OptionalFlag("orphanDependents")),
            DryRun = WriteOptions.DryRun(request, Kind),
        };
    }

    public static DeleteOptions Of(JsonObject body) => new()
    {
        Uid = body["preconditions"]?["uid"]?.ToString(),
        ResourceVersion = body["preconditions"]?["resourceVersion"]?.ToString(),
        GracePeriodSeconds = body["gracePeriodSeconds"].AsLong(),
        Propagation = PropagationOf(body["propagationPolicy"]?.ToString(), body["orphanDependents"].AsBool()),
        DryRun = WriteOptions.DryRun(body["dryRun"], Kind),
    };

    // orphanDependents is what there was before propagationPolicy.
    private static string? PropagationOf(string? policy, bool? orphan)
    {
        if (policy is not (null or "Background" or "Foreground" or "Orphan"))
            throw Invalid($"Unsupported value: \"{policy}\": supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\"");
        if (policy is not null && orphan is not null) throw Invalid($"Invalid value: \"{policy}\": orphanDependents and deletionPropagation cannot be both set");
        return policy ?? orphan switch { true => "Orphan", false => "Background", null => null };
    }

    private static StatusError Invalid(string problem) => StatusError.InvalidOptions(Kind, "meta.k8s.io", "", ("propagationPolicy", problem));
}
