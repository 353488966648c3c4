using System.Text;
using System.Text.Json;

namespace MultiCluster.Kubeconfig;

/// <summary>A JSON text in UTF-8.</summary>
internal sealed class JsonNodeReader(ReadOnlyMemory<byte> utf8, CancellationToken cancellationToken) : NodeReader(cancellationToken)
{
    private JsonReaderState _state = new(new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = MaxDepth + 1 });
    private int _consumed;
    private int _start;
    private int _counted;
    private int _line = 1;
    private int _column = 1;

    public override (int Line, int Column) Position
    {
        get
        {
            // Counted onwards from the last place: every entry is asked for its own, and a file may be one long line.
            var passed = utf8.Span[_counted.._start];
            var lineEnd = passed.LastIndexOf((byte)'\n');
            if (lineEnd >= 0)
            {
                _line += passed.Count((byte)'\n');
                _column = 1;
            }

            _column += Encoding.UTF8.GetCharCount(passed[(lineEnd + 1)..]);
            _counted = _start;
            return (_line, _column);
        }
    }

    protected override void Advance()
    {
        if (Token == NodeToken.End) return;
        var reader = new Utf8JsonReader(utf8.Span[_consumed..], isFinalBlock: true, _state);
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
                Value = reader.ValueIsEscaped ? LenientJson.Unescape(reader.ValueSpan) : Encoding.UTF8.GetString(reader.ValueSpan);
                break;
            default:
                Token = NodeToken.Scalar;
                Value = Encoding.UTF8.GetString(reader.ValueSpan);
                IsPlain = true;
                break;
        }
    }
}
