using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MultiCluster.Sandbox.Kinds;

/// <summary>Rules for labels and annotations.</summary>
internal static partial class MetadataRules
{
    private const string NameRule =
        "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character "
        + "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

    private const string ValueRule =
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character "
        + "(e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

    private const int Longest = 63;

    public static void Check(JsonObject json, Problems problems)
    {
        CheckLabels(json["metadata"]?["labels"], "metadata.labels", problems);
        if (json["metadata"]?["annotations"] is not JsonObject annotations) return;
        foreach (var (name, _) in annotations) CheckName(name.ToLowerInvariant(), name, "metadata.annotations", problems);
    }

    public static void CheckLabels(JsonNode? labels, string field, Problems problems)
    {
        if (labels is not JsonObject map) return;
        foreach (var (name, value) in map)
        {
            CheckName(name, name, field, problems);
            var text = value?.ToString() ?? "";
            if (text.Length > Longest) problems.Invalid(field, text, "must be no more than 63 characters");
            if (!Value().IsMatch(text)) problems.Invalid(field, text, ValueRule);
        }
    }

    private static void CheckName(string name, string shown, string field, Problems problems)
    {
        var part = name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..];
        if (part.Length > Longest) problems.Invalid(field, shown, "name part must be no more than 63 characters");
        if (!Name().IsMatch(part)) problems.Invalid(field, shown, NameRule);
    }

    [GeneratedRegex("^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$")]
    private static partial Regex Name();

    [GeneratedRegex("^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$")]
    private static partial Regex Value();
}
