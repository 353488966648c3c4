using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;

namespace MultiCluster.Sandbox.Discovery;

/// <summary>Which document of the discovery API a path asks for.</summary>
internal static class DiscoveryRequests
{
    /// <summary>Null when the path is no discovery path.</summary>
    public static Task? ServeAsync(SimulatedRequest request, ApiCatalog catalog)
    {
        var parts = request.Info.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is ["api"] or ["apis"] && AggregatedDiscovery.Wanted(request, catalog.Mode) is { } mediaType)
        {
            var aggregated = AggregatedDiscovery.Document(catalog, parts[0] == "api", mediaType.Version);
            return Answer.JsonAsync(request.Context, aggregated, contentType: mediaType.ContentType);
        }
        var document = parts switch
        {
            ["api"] => LegacyDiscovery.Versions($"{request.Context.Connection.LocalIpAddress}:{request.Context.Connection.LocalPort}"),
            ["apis"] => LegacyDiscovery.Groups(catalog),
            ["apis", var group] => LegacyDiscovery.Group(catalog, group),
            ["api", var version] => LegacyDiscovery.Resources(catalog, "", version),
            ["apis", var group, var version] => LegacyDiscovery.Resources(catalog, group, version),
            _ => null,
        };
        return document is null ? null : Answer.JsonAsync(request.Context, document);
    }

    public static JsonObject VersionOf(string version)
    {
        var numbers = version.TrimStart('v').Split('.');
        return new JsonObject
        {
            ["major"] = numbers[0],
            ["minor"] = numbers.ElementAtOrDefault(1) ?? "0",
            ["gitVersion"] = version,
            ["gitCommit"] = "8adc0f041b8e7ad1d30e29cc59c6ae7a15e19828",
            ["gitTreeState"] = "clean",
            ["buildDate"] = "2025-05-15T08:19:08Z",
            ["goVersion"] = "go1.24.2",
            ["compiler"] = "gc",
            ["platform"] = "linux/amd64",
        };
    }
}
