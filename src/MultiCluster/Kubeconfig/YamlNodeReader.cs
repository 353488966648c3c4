using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MultiCluster.Kubeconfig;

/// <summary>The first document of a YAML text, with aliases replaced by what they stand for.</summary>
internal sealed class YamlNodeReader(TextReader text, CancellationToken cancellationToken) : NodeReader(cancellationToken)
{
    /// <summary>Bound on what aliases may blow up to; merge keys in each of 10,000 contexts stay below it.</summary>
    private const int MaxReplayedEvents = 200_000;

    private const string BinaryTag = "tag:yaml.org,2002:binary";

    private readonly Parser _parser = new(text);

    /// <summary>What stands in anchored nodes, each event once however deep the anchors are nested; an anchor is a part of it.</summary>
    private readonly List<ParsingEvent> _recorded = [];
    private readonly Dictionary<string, Range> _anchors = new(StringComparer.Ordinal);
    private readonly Stack<Recording> _recordings = new();
    private readonly Stack<Range> _replays = new();
    private ParsingEvent? _current;
    private AnchorAlias? _alias;
    private int _level;
    private int _replayed;

    public override (int Line, int Column) Position => _current is null ? (1, 1) : PlaceOf(_current.Start);

    protected override void Advance()
    {
        if (Token == NodeToken.End) return;
        var next = Pull();
        _current = next;
        switch (next)
        {
            case Scalar scalar:
                Token = NodeToken.Scalar;
                Value = scalar.Value;
                IsPlain = scalar.Style == ScalarStyle.Plain;
                if (!scalar.Tag.IsEmpty) ReadTag(scalar.Tag.Value);
                break;
            case MappingStart:
                Token = NodeToken.MappingStart;
                break;
            case MappingEnd:
                Token = NodeToken.MappingEnd;
                break;
            case SequenceStart:
                Token = NodeToken.SequenceStart;
                break;
            case SequenceEnd:
                Token = NodeToken.SequenceEnd;
                break;
            default:
                Token = NodeToken.End;
                return;
        }

        _level += next.NestingIncrease;
        if (_replays.Count == 0 && next is NodeEvent { Anchor.IsEmpty: false } anchored) _recordings.Push(new Recording(anchored.Anchor.Value, _recorded.Count, _level - next.NestingIncrease));
        if (_recordings.Count > 0) Record(next);
    }

    private ParsingEvent Pull()
    {
        while (_replays.TryPop(out var replay))
        {
            if (replay.Start.Value == replay.End.Value) continue;
            _replays.Push((replay.Start.Value + 1)..replay.End);
            if (++_replayed > MaxReplayedEvents)
                throw new NodeLimitException("The aliases up to here stand for more than 200,000 entries, as in no kubeconfig.", PlaceOf(_alias!.Start));
            return _recorded[replay.Start.Value];
        }

        while (_parser.MoveNext())
        {
            switch (_parser.Current)
            {
                case StreamStart or DocumentStart or Comment:
                    continue;
                case AnchorAlias alias:
                    if (!_anchors.TryGetValue(alias.Value.Value, out var range))
                        throw new YamlException(alias.Start, alias.End, "Found an alias without its anchor.");
                    _alias = alias;
                    _replays.Push(range);
                    return Pull();
                default:
                    return _parser.Current!;
            }
        }

        return new StreamEnd();
    }

    private void Record(ParsingEvent next)
    {
        _recorded.Add(next);
        while (_recordings.TryPeek(out var recording) && recording.Level == _level)
        {
            _anchors[recording.Anchor] = recording.Start.._recorded.Count;
            _recordings.Pop();
        }
    }

    private void ReadTag(string tag)
    {
        if (tag is BinaryTag or "tag:yaml.org,2002:str" or "!") IsPlain = false;
        if (tag == BinaryTag) Decode();
    }

    /// <summary>
    /// A text that a tool wrote as bytes: decoded once, as kubectl does. Where that gives the PEM text itself, the field is meant to hold
    /// what it holds without the tag; kubectl refuses it.
    /// </summary>
    private void Decode()
    {
        try
        {
            var decoded = Encoding.UTF8.GetString(Convert.FromBase64String(Value));
            if (!decoded.StartsWith("-----BEGIN", StringComparison.Ordinal)) Value = decoded;
        }
        catch (FormatException)
        {
            Report(Position, "What is tagged !!binary is not base64.");
        }
    }

    private static (int Line, int Column) PlaceOf(Mark mark) => ((int)mark.Line, (int)mark.Column);

    private readonly record struct Recording(string Anchor, int Start, int Level);
}
