using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Kinds;

/// <summary>What is wrong with an object, in the words of a server (field.ErrorList).</summary>
internal sealed class Problems
{
    private static readonly JsonSerializerOptions Quoted = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<(string Field, string Problem)> _all = [];

    public void Add(string field, string problem) => _all.Add((field, problem));

    public void Required(string field, string why = "") => Add(field, why.Length == 0 ? "Required value" : $"Required value: {why}");

    public void Forbidden(string field, string why) => Add(field, $"Forbidden: {why}");

    /// <param name="field">The field.</param>
    /// <param name="value">What it is: text is quoted, all else stands as Go prints it.</param>
    /// <param name="why">Why it must not be that.</param>
    public void Invalid(string field, object? value, string why) => Add(field, $"Invalid value: {Shown(value)}: {why}");

    public void Unsupported(string field, string value, params string[] supported) =>
        Add(field, $"Unsupported value: {Quote(value)}: supported values: {string.Join(", ", supported.Select(Quote))}");

    /// <summary>Says that a field cannot be changed, when it has been.</summary>
    public void Immutable(string field, JsonNode? before, JsonNode? after)
    {
        if (!JsonNode.DeepEquals(before, after)) Invalid(field, GoValue.Of(after), "field is immutable");
    }

    /// <exception cref="StatusError">There are problems.</exception>
    public void Throw(ResourceKind kind, string name)
    {
        if (_all.Count > 0) throw StatusError.InvalidOptions(kind.Kind, kind.Group, name, _all);
    }

    private static string Shown(object? value) => value switch { null => "\"null\"", string text => Quote(text), _ => $"{value}" };

    private static string Quote(string text) => JsonSerializer.Serialize(text, Quoted);
}
