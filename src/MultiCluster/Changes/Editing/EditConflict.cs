using System.Text.Json.Nodes;

namespace MultiCluster.Changes.Editing;

/// <summary>A field that was edited, and that is another in a cluster's object than the one that was shown.</summary>
/// <param name="Path">Where it is: <c>spec.template.spec.containers[name=web].image</c>.</param>
/// <param name="Shown">What was shown; null for nothing.</param>
/// <param name="Own">What is there; null for nothing.</param>
/// <param name="Saved">What it was to become; null for nothing.</param>
internal sealed record EditConflict(string Path, JsonNode? Shown, JsonNode? Own, JsonNode? Saved)
{
    private const int MaxLength = 60;

    /// <summary>In a sentence, with what is there unless that is to be hidden.</summary>
    public string Sentence(bool hidden) => hidden || Word(Shown) is not { } shown || Word(Own) is not { } own
        ? "is another there than was shown"
        : $"{shown} was shown, and {own} is there";

    private static string? Word(JsonNode? value) => value switch
    {
        null => "nothing",
        JsonValue when value.ToJsonString() is { Length: <= MaxLength } text => text.Trim('"'),
        _ => null,
    };
}
