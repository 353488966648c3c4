namespace MultiCluster.Sandbox.Api;

/// <summary>What a request asks for, read from its method and path as a server's RequestInfo is.</summary>
/// <param name="Verb"><c>get list watch create update patch delete deletecollection</c>; for a path that is no resource, the method in lower case.</param>
/// <param name="Path">The path.</param>
/// <param name="Group">API group; empty for the core group.</param>
/// <param name="Version">API version; empty when the path names none.</param>
/// <param name="Resource">Plural; empty when the path is no resource's.</param>
/// <param name="Namespace">Namespace; empty at the cluster scope.</param>
/// <param name="Name">Object's name; for a collection, the one name that its field selector allows, or empty.</param>
/// <param name="Subresource">Subresource; empty for the object itself.</param>
public sealed record RequestInfo(string Verb, string Path, string Group, string Version, string Resource, string Namespace, string Name, string Subresource)
{
    public bool IsResource => Resource.Length > 0;

    /// <summary><c>pods</c>, <c>pods/log</c>.</summary>
    public string FullResource => Subresource.Length == 0 ? Resource : $"{Resource}/{Subresource}";

    internal static RequestInfo Of(HttpRequest request)
    {
        var path = request.Path.Value ?? "/";
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var method = request.Method.ToUpperInvariant();
        var rest = parts switch
        {
            ["api", _, .. var tail] => tail,
            ["apis", _, _, .. var tail] => tail,
            _ => [],
        };
        var (group, version) = parts switch
        {
            ["api", var v, ..] => ("", v),
            ["apis", var g, var v, ..] => (g, v),
            ["apis", var g] => (g, ""),
            _ => ("", ""),
        };
        if (rest.Length == 0) return new RequestInfo(method.ToLowerInvariant(), path, group, version, "", "", "", "");

        var ns = "";
        if (rest is ["namespaces", var named, ..])
        {
            ns = named;
            if (rest.Length > 2 && rest[2] is not ("status" or "finalize")) rest = rest[2..];
        }
        var name = rest.ElementAtOrDefault(1) ?? "";
        var watch = request.Query.Flag("watch");
        var verb = method switch
        {
            "GET" or "HEAD" => name.Length > 0 ? "get" : watch ? "watch" : "list",
            "POST" => "create",
            "PUT" => "update",
            "PATCH" => "patch",
            "DELETE" => name.Length > 0 ? "delete" : "deletecollection",
            _ => method.ToLowerInvariant(),
        };
        if (verb is "list" or "watch" or "deletecollection") name = NameIn(request.Query["fieldSelector"]); // a rule for one object's name covers it
        return new RequestInfo(verb, path, group, version, rest[0], ns, name, string.Join('/', rest.Skip(2)));
    }

    /// <summary>The one name that a field selector asks for; empty when it asks for none.</summary>
    private static string NameIn(string? text)
    {
        const string field = "metadata.name=";
        var term = text?.Split(',', StringSplitOptions.TrimEntries).FirstOrDefault(t => t.StartsWith(field, StringComparison.Ordinal));
        return term?[field.Length..].TrimStart('=').Trim() ?? "";
    }
}
