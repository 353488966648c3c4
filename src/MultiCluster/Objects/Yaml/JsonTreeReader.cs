using System.Text;
using System.Text.Json;

namespace MultiCluster.Objects.Yaml;

/// <summary>The values of a text of JSON, one after the other, as the same trees that YAML gives.</summary>
internal sealed class JsonTreeReader(byte[] utf8, CancellationToken cancellationToken)
{
    private JsonReaderState _state = new(new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = YamlTree.MaxDepth });
    private int _consumed;
    private int _counted;
    private int _line = 1;
    private int _column = 1;

    /// <summary>Where the value after the last that was read begins, in bytes.</summary>
    public int Consumed { get; private set; }

    /// <summary>The next value; null after the last.</summary>
    /// <exception cref="JsonException">What follows is no JSON.</exception>
    public YamlDocument? Next()
    {
        if (!Read(out var root))
            return null;
        Consumed = _consumed;
        return new YamlDocument(0, root.Place, root);
    }

    private bool Read(out YamlNode root)
    {
        var reader = new Utf8JsonReader(utf8.AsSpan(_consumed), isFinalBlock: true, _state);
        var start = _consumed;
        var open = new Stack<YamlNode>();
        root = null!;
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var place = PlaceOf(start + (int)reader.TokenStartIndex);
            switch (reader.TokenType)
            {
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    root = open.Pop();
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    root = new YamlNode(reader.TokenType == JsonTokenType.StartObject ? YamlNodeKind.Mapping : YamlNodeKind.Sequence, place);
                    if (open.TryPeek(out var parent)) parent.Children.Add(root);
                    open.Push(root);
                    continue;
                default:
                    root = reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String
                        ? new YamlNode(LenientJson.TextOf(ref reader), YamlWriting.Text, place)
                        : new YamlNode(Encoding.UTF8.GetString(reader.ValueSpan), YamlWriting.Json, place);
                    if (open.TryPeek(out var holder)) holder.Children.Add(root);
                    break;
            }

            if (open.Count > 0) continue;
            _consumed = start + (int)reader.BytesConsumed;
            _state = reader.CurrentState;
            return true;
        }

        return false;
    }

    /// <summary>Counted onwards from the last place: a file may be one long line.</summary>
    private TextPlace PlaceOf(int at)
    {
        var passed = utf8.AsSpan(_counted..at);
        var lineEnd = passed.LastIndexOf((byte)'\n');
        if (lineEnd >= 0)
        {
            _line += passed.Count((byte)'\n');
            _column = 1;
        }

        _column += Encoding.UTF8.GetCharCount(passed[(lineEnd + 1)..]);
        _counted = at;
        return new(_line, _column);
    }
}
