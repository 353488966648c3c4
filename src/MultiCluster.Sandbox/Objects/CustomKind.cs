using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Objects;

/// <summary>Reads what a CustomResourceDefinition (apiextensions.k8s.io/v1) defines.</summary>
internal static class CustomKind
{
    public static ResourceKind Read(JsonObject definition)
    {
        var spec = definition["spec"] ?? throw new ArgumentException("A CustomResourceDefinition needs a spec.", nameof(definition));
        var names = spec["names"] ?? throw new ArgumentException("A CustomResourceDefinition needs spec.names.", nameof(definition));
        var served = spec["versions"]!.AsArray().Where(v => v!["served"]?.GetValue<bool>() ?? true).ToList();
        return new ResourceKind
        {
            Group = Text(spec["group"]),
            Kind = Text(names["kind"]),
            Plural = Text(names["plural"]),
            Singular = Text(names["singular"]) is { Length: > 0 } singular ? singular : Text(names["kind"]).ToLowerInvariant(),
            Namespaced = Text(spec["scope"]) == "Namespaced",
            ShortNames = Texts(names["shortNames"]),
            Categories = Texts(names["categories"]),
            Verbs = BuiltInKinds.StandardVerbs,
            Subresources = [.. served.SelectMany(v => v!["subresources"]?.AsObject().Select(s => s.Key) ?? []).Distinct()],
            IsCustom = true,
            Versions = [.. served.Select(v => new ServedVersion(Text(v!["name"]), Columns(v["additionalPrinterColumns"])))],
        };
    }

    private static List<PrinterColumn> Columns(JsonNode? columns) =>
    [
        .. columns?.AsArray().Select(c => new PrinterColumn(
            Text(c!["name"]), Text(c["type"]), Text(c["jsonPath"]), Text(c["format"]), Text(c["description"]), c["priority"]?.GetValue<int>() ?? 0)) ?? [],
    ];

    private static List<string> Texts(JsonNode? array) => [.. array?.AsArray().Select(Text) ?? []];

    private static string Text(JsonNode? node) => node?.ToString() ?? "";
}
