using System.Globalization;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Api;

/// <summary>A failure as the API tells it: a <c>Status</c> object.</summary>
internal sealed class StatusError(int code, string reason, string message) : Exception(message)
{
    public int Code => code;

    public string Reason => reason;

    /// <summary>The Status' details; null for none.</summary>
    public JsonObject? Details { get; init; }

    /// <summary>The token that continues an expired list inconsistently.</summary>
    public string? Continue { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public static StatusError BadRequest(string message) => new(400, "BadRequest", message);

    public static StatusError Unauthorized() => new(401, "Unauthorized", "Unauthorized");

    public static StatusError Forbidden(RequestInfo info, string user)
    {
        if (!info.IsResource)
            return new StatusError(403, "Forbidden", $"forbidden: User \"{user}\" cannot {info.Verb} path \"{info.Path}\"") { Details = [] };
        var what = info.Group.Length == 0 ? info.Resource : $"{info.Resource}.{info.Group}";
        var named = info.Name.Length == 0 ? what : $"{what} \"{info.Name}\"";
        var scope = info.Namespace.Length == 0 ? "at the cluster scope" : $"in the namespace \"{info.Namespace}\"";
        return new StatusError(
            403,
            "Forbidden",
            $"{named} is forbidden: User \"{user}\" cannot {info.Verb} resource \"{info.FullResource}\" in API group \"{info.Group}\" {scope}")
        {
            Details = DetailsOf(info.Name, info.Group, info.Resource),
        };
    }

    /// <summary>403 of an admission plugin.</summary>
    public static StatusError ForbiddenFor(ResourceKind kind, string name, string why, (string Reason, string Message, string Field)? cause = null)
    {
        var details = DetailsOf(name, kind.Group, kind.Plural);
        if (cause is { } known)
            details["causes"] = new JsonArray(new JsonObject { ["reason"] = known.Reason, ["message"] = known.Message, ["field"] = known.Field });
        return new(403, "Forbidden", $"{kind.QualifiedPlural} \"{name}\" is forbidden: {why}") { Details = details };
    }

    public static StatusError NoSuchResource() => new(404, "NotFound", "the server could not find the requested resource") { Details = [] };

    public static StatusError NotFound(ResourceKind kind, string name) =>
        new(404, "NotFound", $"{kind.QualifiedPlural} \"{name}\" not found") { Details = DetailsOf(name, kind.Group, kind.Plural) };

    public static StatusError MethodNotAllowed() =>
        new(405, "MethodNotAllowed", "the server does not allow this method on the requested resource") { Details = [] };

    public static StatusError AlreadyExists(ResourceKind kind, string name) =>
        new(409, "AlreadyExists", $"{kind.QualifiedPlural} \"{name}\" already exists") { Details = DetailsOf(name, kind.Group, kind.Plural) };

    public static StatusError Conflict(string qualifiedPlural, string group, string plural, string name, string why) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {qualifiedPlural} \"{name}\": {why}") { Details = DetailsOf(name, group, plural) };

    public static StatusError Stale(string qualifiedPlural, string group, string plural, string name) =>
        Conflict(qualifiedPlural, group, plural, name, "the object has been modified; please apply your changes to the latest version and try again");

    public static StatusError Invalid(ResourceKind kind, string name, string field, string problem) =>
        new(422, "Invalid", $"{kind.Kind}{(kind.Group.Length == 0 ? "" : "." + kind.Group)} \"{name}\" is invalid: {field}: {problem}")
        {
            Details = new JsonObject
            {
                ["name"] = name,
                ["group"] = kind.Group.Length == 0 ? null : kind.Group,
                ["kind"] = kind.Kind,
                ["causes"] = new JsonArray(new JsonObject { ["reason"] = "FieldValueInvalid", ["message"] = problem, ["field"] = field }),
            },
        };

    public static StatusError TooManyRequests(TimeSpan? retryAfter) =>
        new(429, "TooManyRequests", "Too many requests, please try again later.")
        {
            RetryAfter = retryAfter,
            Details = retryAfter is { } wait ? new JsonObject { ["retryAfterSeconds"] = (int)Math.Ceiling(wait.TotalSeconds) } : null,
        };

    public static StatusError Internal() =>
        new(500, "InternalError", "Internal error occurred: etcdserver: request timed out")
        {
            Details = new JsonObject { ["causes"] = new JsonArray(new JsonObject { ["message"] = "etcdserver: request timed out" }) },
        };

    public static StatusError Unavailable(TimeSpan? retryAfter = null) =>
        new(503, "ServiceUnavailable", "the server is currently unable to handle the request") { Details = [], RetryAfter = retryAfter };

    public static StatusError Expired(string continueToken) =>
        new(
            410,
            "Expired",
            "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, "
            + "or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an "
            + "inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.")
        {
            Continue = continueToken,
        };

    /// <summary>410 for a watch from a version that the server has forgotten.</summary>
    public static StatusError TooOld(long version, long oldest) => new(410, "Expired", $"too old resource version: {version} ({oldest})");

    /// <summary>504 for a list of a version that the server has not reached.</summary>
    public static StatusError TooLarge(long version, long current) =>
        new(504, "Timeout", $"Timeout: Too large resource version: {version}, current: {current}")
        {
            RetryAfter = TimeSpan.FromSeconds(1),
            Details = new JsonObject
            {
                ["causes"] = new JsonArray(new JsonObject { ["reason"] = "ResourceVersionTooLarge", ["message"] = "Too large resource version" }),
                ["retryAfterSeconds"] = 1,
            },
        };

    /// <summary>A resourceVersion that is no number: a server has no better answer.</summary>
    public static StatusError BadVersion(string text) =>
        new(500, "", $"resourceVersion: Invalid value: \"{text}\": strconv.ParseUint: parsing \"{text}\": invalid syntax");

    /// <summary>422 for options of a list or a watch that do not go together.</summary>
    public static StatusError InvalidOptions(string kind, string group, string name, params IReadOnlyList<(string Field, string Problem)> problems)
    {
        var all = string.Join(", ", problems.Select(p => $"{p.Field}: {p.Problem}"));
        var details = new JsonObject
        {
            ["name"] = name.Length == 0 ? null : name,
            ["group"] = group.Length == 0 ? null : group,
            ["kind"] = kind.Length == 0 ? null : kind,
            ["causes"] = new JsonArray([.. problems.Select(p => new JsonObject
            {
                ["reason"] = ReasonOf(p.Problem),
                ["message"] = p.Problem,
                ["field"] = p.Field,
            })]),
        };
        var qualified = group.Length == 0 ? kind : $"{kind}.{group}";
        return new(422, "Invalid", $"{qualified} \"{name}\" is invalid: {(problems.Count == 1 ? all : $"[{all}]")}") { Details = details };
    }

    public async Task WriteAsync(HttpContext context)
    {
        if (RetryAfter is { } wait) context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        await Answer.JsonAsync(context, ToJson(), Code);
    }

    /// <summary>The <c>Status</c> object.</summary>
    public JsonObject ToJson()
    {
        var metadata = new JsonObject();
        if (Continue is not null) metadata["continue"] = Continue;
        var status = new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = metadata,
            ["status"] = "Failure",
            ["message"] = Message,
        };
        if (Reason.Length > 0) status["reason"] = Reason;
        if (Details is not null) status["details"] = Pruned(Details);
        status["code"] = Code;
        return status;
    }

    private static string ReasonOf(string problem) => problem.Split(' ')[0] switch
    {
        "Forbidden:" => "FieldValueForbidden",
        "Required" => "FieldValueRequired",
        "Unsupported" => "FieldValueNotSupported",
        "Duplicate" => "FieldValueDuplicate",
        "Too" => "FieldValueTooLong",
        _ => "FieldValueInvalid",
    };

    private static JsonObject Pruned(JsonObject details)
    {
        var copy = details.DeepClone().AsObject();
        foreach (var empty in copy.Where(p => p.Value is null).Select(p => p.Key).ToList()) copy.Remove(empty);
        return copy;
    }

    private static JsonObject DetailsOf(string name, string group, string plural)
    {
        var details = new JsonObject();
        if (name.Length > 0) details["name"] = name;
        if (group.Length > 0) details["group"] = group;
        details["kind"] = plural;
        return details;
    }
}
