using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MultiCluster.Objects;

namespace MultiCluster.Comparing;

/// <summary>
/// What a value is worth, as a text that is the same for the same values: quantities by their amount, spans of time by their length, numbers by
/// their value, tables whatever the order of their members.
/// </summary>
/// <param name="isCustom">Whether the kind is one that others define, whose texts may be spans of time; those of Kubernetes have none.</param>
internal sealed class ValueKey(bool isCustom)
{
    public bool IsCustom => isCustom;

    /// <summary>The key; null for what is not there.</summary>
    public string? Of(JsonNode? value, FieldPlace? place) => value switch
    {
        null => null,
        JsonObject table => $"{{{string.Join(',', table.Where(static pair => pair.Value is not null).OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key.Length}:{pair.Key}:{Of(pair.Value, place?[pair.Key])}"))}}}",
        JsonArray { Count: 0 } => null,
        JsonArray list => $"[{string.Join(',', list.Select(element => Of(element, place) ?? "null"))}]",
        _ => OfScalar(value, place),
    };

    /// <summary>The key of a list as a set.</summary>
    public string? OfSet(JsonArray list, FieldPlace? place) =>
        list.Count == 0 ? null : $"[{string.Join(',', list.Select(element => Of(element, place) ?? "null").Order(StringComparer.Ordinal))}]";

    private string OfScalar(JsonNode value, FieldPlace? place)
    {
        var text = value.ToString();
        switch (value.GetValueKind())
        {
            case JsonValueKind.String or JsonValueKind.Number when place is { IsQuantity: true } && Quantity.TryParse(text, out var quantity):
                return $"q{Number(quantity.Value)}";
            case JsonValueKind.Number:
                return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? $"n{Number(number)}" : $"n{text}";
            case JsonValueKind.True:
                return "true";
            case JsonValueKind.False:
                return "false";
            case JsonValueKind.String when isCustom && GoDuration.TryParse(text, out var nanoseconds) && text != "0":
                return string.Create(CultureInfo.InvariantCulture, $"d{nanoseconds}");
            default:
                return string.Create(CultureInfo.InvariantCulture, $"s{text.Length}:{text}"); // within a table's key its length tells where it ends
        }
    }

    // Without the zeros at its end, which a decimal keeps.
    private static string Number(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);
}
