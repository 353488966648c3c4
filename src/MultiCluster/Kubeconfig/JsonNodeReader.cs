using System.Text;
using System.Text.Json;

namespace MultiCluster.Kubeconfig;

/// <summary>A JSON text in UTF-8.</summary>
internal sealed class JsonNodeReader : NodeReader
{
    private readonly ReadOnlyMemory<byte> _utf8;
    private JsonReaderState _state = new(new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
    private int _consumed;
    private int _start;

    public JsonNodeReader(ReadOnlyMemory<byte> utf8)
    {
        _utf8 = utf8;
        MoveNext();
    }

    public override (int Line, int Column) Position
    {
        get
        {
            var before = _utf8.Span[.._start];
            var line = before.Count((byte)'\n') + 1;
            return (line, Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1);
        }
    }

    public override void MoveNext()
    {
        if (Token == NodeToken.End) return;
        var reader = new Utf8JsonReader(_utf8.Span[_consumed..], isFinalBlock: true, _state);
        if (!reader.Read())
        {
            Token = NodeToken.End;
            return;
        }

        _start = _consumed + (int)reader.TokenStartIndex;
        _consumed += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
        IsPlain = false;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                Token = NodeToken.MappingStart;
                break;
            case JsonTokenType.EndObject:
                Token = NodeToken.MappingEnd;
                break;
            case JsonTokenType.StartArray:
                Token = NodeToken.SequenceStart;
                break;
            case JsonTokenType.EndArray:
                Token = NodeToken.SequenceEnd;
                break;
            case JsonTokenType.PropertyName or JsonTokenType.String:
                Token = NodeToken.Scalar;
                Value = reader.GetString()!;
                break;
            default:
                Token = NodeToken.Scalar;
                Value = Encoding.UTF8.GetString(reader.ValueSpan);
                IsPlain = true;
                break;
        }
    }
}
