using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Api;

/// <summary>Which document of the discovery API a path asks for.</summary>
internal static class Discovery
{
    /// <summary>Null when the path is no discovery path.</summary>
    public static Task? Answer(SimulatedRequest request)
    {
        var cluster = request.Cluster;
        var parts = request.Info.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is ["api"] or ["apis"] && AggregatedDiscovery.Wanted(request) is { } mediaType)
        {
            var aggregated = AggregatedDiscovery.Document(cluster, parts[0] == "api", mediaType.Version);
            return Api.Answer.JsonAsync(request.Context, aggregated, contentType: mediaType.ContentType);
        }
        var document = parts switch
        {
            ["api"] => LegacyDiscovery.Versions(cluster),
            ["apis"] => LegacyDiscovery.Groups(cluster),
            ["apis", var group] => LegacyDiscovery.Group(cluster, group),
            ["api", var version] => LegacyDiscovery.Resources(cluster, "", version),
            ["apis", var group, var version] => LegacyDiscovery.Resources(cluster, group, version),
            _ => null,
        };
        return document is null ? null : Api.Answer.JsonAsync(request.Context, document);
    }

    public static JsonObject VersionOf(SimulatedCluster cluster)
    {
        var numbers = cluster.Version.TrimStart('v').Split('.');
        return new JsonObject
        {
            ["major"] = numbers[0],
            ["minor"] = numbers.ElementAtOrDefault(1) ?? "0",
            ["gitVersion"] = cluster.Version,
            ["gitCommit"] = "8adc0f041b8e7ad1d30e29cc59c6ae7a15e19828",
            ["gitTreeState"] = "clean",
            ["buildDate"] = "2025-05-15T08:19:08Z",
            ["goVersion"] = "go1.24.2",
            ["compiler"] = "gc",
            ["platform"] = "linux/amd64",
        };
    }
}
