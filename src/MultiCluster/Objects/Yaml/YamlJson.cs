using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MultiCluster.Objects.Yaml;

/// <summary>Turns one document into JSON, once, as kubectl does: whatever comes after sees no YAML.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The writer writes into memory and holds nothing else.")]
internal sealed class YamlJson
{
    internal static JsonWriterOptions Compact => new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = YamlTree.MaxDepth + 1, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _json = new();
    private readonly Utf8JsonWriter _writer;
    private readonly YamlMapping _mapping = new();
    private int _depth;

    public YamlJson() => _writer = new(_json, Compact);

    /// <summary>What the document's aliases and merge keys mean.</summary>
    public YamlMapping Mapping => _mapping;

    /// <summary>The node as compact JSON in UTF-8; members keep their order.</summary>
    /// <exception cref="YamlProblemException">There is something in it that JSON cannot say, or a key twice.</exception>
    public byte[] Of(YamlNode node) => Of(node, []);

    /// <summary>The node as JSON, with members in front that it does not have.</summary>
    public byte[] Of(YamlNode node, IReadOnlyList<(string Key, string Value)> first)
    {
        _depth = 0;
        _json.ResetWrittenCount();
        _writer.Reset();
        Write(node, first);
        _writer.Flush();
        return _json.WrittenSpan.ToArray();
    }

    private void Write(YamlNode given, IReadOnlyList<(string Key, string Value)> first)
    {
        var node = _mapping.Enter(given);
        switch (node.Kind)
        {
            case YamlNodeKind.Mapping:
                Enter(node, YamlTag.Mapping, "tag:yaml.org,2002:set");
                _writer.WriteStartObject();
                foreach (var (key, value) in first)
                    _writer.WriteString(key, value);
                foreach (var (key, value) in _mapping.Members(node))
                {
                    _writer.WritePropertyName(WellFormed(key));
                    Write(value, []);
                }

                _writer.WriteEndObject();
                _depth--;
                break;
            case YamlNodeKind.Sequence:
                Enter(node, YamlTag.Sequence);
                _writer.WriteStartArray();
                foreach (var element in node.Children)
                    Write(element, []);
                _writer.WriteEndArray();
                _depth--;
                break;
            default:
                WriteScalar(node);
                break;
        }

        _mapping.Leave(given);
    }

    private void WriteScalar(YamlNode node)
    {
        var scalar = YamlScalar.Of(node);
        switch (scalar.Type)
        {
            case ScalarType.Null:
                _writer.WriteNullValue();
                break;
            case ScalarType.True or ScalarType.False:
                _writer.WriteBooleanValue(scalar.Type == ScalarType.True);
                break;
            case ScalarType.Number:
                _writer.WriteRawValue(scalar.Text, skipInputValidation: true);
                break;
            case ScalarType.NotFinite:
                throw new YamlProblemException(node.Place, "this number is infinite or none, and JSON has no word for it", "Put quotes around it when a text is meant.");
            default:
                _writer.WriteStringValue(WellFormed(scalar.Text));
                break;
        }
    }

    private void Enter(YamlNode node, params ReadOnlySpan<string> tags)
    {
        if (node.Tag is { } tag and not YamlTag.NotResolved && !tags.Contains(tag))
            throw new YamlProblemException(node.Place, $"the tag {YamlTag.Short(tag)} says nothing that JSON can", "Leave the tag out.");
        if (++_depth > YamlTree.MaxDepth)
            throw new YamlProblemException(node.Place, $"what the aliases stand for is nested deeper than {YamlTree.MaxDepth} levels", "Write out what is meant.");
    }

    private static string WellFormed(string text) => text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? LenientJson.WellFormed(text) : text;
}
