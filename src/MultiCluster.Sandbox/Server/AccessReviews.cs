using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Access;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Server;

/// <summary>What a user may do, answered to that user (authorization.k8s.io). Everybody who is logged in may ask.</summary>
internal static class AccessReviews
{
    public const string Group = "authorization.k8s.io";
    public const string Access = "selfsubjectaccessreviews";
    public const string Rules = "selfsubjectrulesreviews";

    // The role system:discovery, which everybody has.
    private static readonly string[] PublicPaths =
        ["/api", "/api/*", "/apis", "/apis/*", "/healthz", "/livez", "/openapi", "/openapi/*", "/readyz", "/version", "/version/"];

    public static bool Is(RequestInfo info) => info.Group == Group && info.Resource is Access or Rules && info.Subresource.Length == 0 && info.Verb == "create";

    public static async Task ServeAsync(SimulatedRequest request, ResourceKind kind)
    {
        var review = await RequestBody.ObjectAsync(request, kind);
        var spec = review["spec"] as JsonObject ?? [];
        var answer = new JsonObject { ["kind"] = kind.Kind, ["apiVersion"] = kind.ApiVersion, ["metadata"] = new JsonObject { ["creationTimestamp"] = null } };
        if (kind.Plural == Access)
        {
            answer["spec"] = spec.DeepClone();
            answer["status"] = StatusOf(request.User!, spec);
        }
        else
        {
            if (spec["namespace"]?.ToString() is not { Length: > 0 } ns) throw StatusError.BadRequest("no namespace on request");
            answer["spec"] = new JsonObject();
            answer["status"] = RulesOf(request.User!, ns);
        }
        await Answer.JsonAsync(request.Context, answer, 201);
    }

    private static JsonObject StatusOf(SimulatedUser user, JsonObject spec)
    {
        var (resource, path) = (spec["resourceAttributes"] as JsonObject, spec["nonResourceAttributes"] as JsonObject);
        if (resource is null == path is null)
        {
            throw StatusError.InvalidOptions(
                "", Group, "", ("spec.resourceAttributes", "Invalid value: \"null\": exactly one of nonResourceAttributes or resourceAttributes must be specified"));
        }
        var allowed = resource is null ? MayVisit(user, path!) : May(user, resource);
        return new JsonObject { ["allowed"] = allowed };
    }

    private static bool May(SimulatedUser user, JsonObject asked)
    {
        var subresource = Text(asked["subresource"]);
        var (verb, group, resource) = (Text(asked["verb"]), Text(asked["group"]), Text(asked["resource"]));
        if (verb == "create" && group == Group && resource is Access or Rules && subresource.Length == 0) return true;
        return user.May(verb, group, subresource.Length == 0 ? resource : $"{resource}/{subresource}", Text(asked["namespace"]), Text(asked["name"]));
    }

    private static bool MayVisit(SimulatedUser user, JsonObject asked)
    {
        var path = Text(asked["path"]);
        return user.IsAdmin || (Text(asked["verb"]) == "get" && PublicPaths.Any(p => p == path || (p.EndsWith('*') && path.StartsWith(p[..^1], StringComparison.Ordinal))));
    }

    private static JsonObject RulesOf(SimulatedUser user, string ns)
    {
        var resources = new JsonArray(Rule("create", Group, $"{Access} {Rules}", null));
        var paths = new JsonArray(new JsonObject { ["verbs"] = new JsonArray("get"), ["nonResourceURLs"] = Texts(PublicPaths) });
        if (user.IsAdmin)
        {
            resources.Add(Rule("*", "*", "*", null));
            paths.Add(new JsonObject { ["verbs"] = new JsonArray("*"), ["nonResourceURLs"] = new JsonArray("*") });
        }
        foreach (var rule in user.Rules.Where(r => r.Namespace is null || r.Namespace == ns)) resources.Add(Rule(rule.Verbs, rule.Group ?? "*", rule.Resources, rule.Name));
        return new JsonObject { ["resourceRules"] = resources, ["nonResourceRules"] = paths, ["incomplete"] = false };
    }

    private static JsonObject Rule(string verbs, string group, string resources, string? name)
    {
        var rule = new JsonObject { ["verbs"] = Texts(verbs.Split(' ')), ["apiGroups"] = new JsonArray(group), ["resources"] = Texts(resources.Split(' ')) };
        if (name is not null) rule["resourceNames"] = new JsonArray(name);
        return rule;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(t => (JsonNode)t)];

    private static string Text(JsonNode? node) => node?.ToString() ?? "";
}
