using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MultiCluster.Kubeconfig;

/// <summary>The first document of a YAML text, with aliases replaced by what they stand for.</summary>
internal sealed class YamlNodeReader : NodeReader
{
    /// <summary>Bound on what aliases may blow up to; a kubeconfig of 10,000 contexts has fewer events than this.</summary>
    private const int MaxReplayedEvents = 1_000_000;

    private readonly Parser _parser;
    private readonly Dictionary<string, List<ParsingEvent>> _anchors = new(StringComparer.Ordinal);
    private readonly List<Recording> _recordings = [];
    private readonly Stack<IEnumerator<ParsingEvent>> _replays = new();
    private ParsingEvent? _current;
    private int _replayed;

    public YamlNodeReader(TextReader text)
    {
        _parser = new Parser(text);
        MoveNext();
    }

    public override (int Line, int Column) Position => _current is null ? (0, 0) : ((int)_current.Start.Line, (int)_current.Start.Column);

    public override void MoveNext()
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

        if (_recordings.Count > 0) Record(next);
        if (_replays.Count == 0 && next is NodeEvent { Anchor.IsEmpty: false } anchored) StartRecording(anchored);
    }

    private ParsingEvent Pull()
    {
        while (_replays.TryPeek(out var replay))
        {
            if (replay.MoveNext())
            {
                if (++_replayed > MaxReplayedEvents)
                    throw new YamlException(replay.Current.Start, replay.Current.End, "Found aliases that expand to too many nodes.");
                return replay.Current;
            }

            _replays.Pop();
        }

        while (_parser.MoveNext())
        {
            switch (_parser.Current)
            {
                case StreamStart or DocumentStart or Comment:
                    continue;
                case AnchorAlias alias:
                    if (!_anchors.TryGetValue(alias.Value.Value, out var events))
                        throw new YamlException(alias.Start, alias.End, "Found an alias without its anchor.");
                    _replays.Push(events.GetEnumerator());
                    return Pull();
                default:
                    return _parser.Current!;
            }
        }

        return new StreamEnd();
    }

    private void StartRecording(NodeEvent anchored)
    {
        if (anchored is Scalar)
            _anchors[anchored.Anchor.Value] = [anchored];
        else
            _recordings.Add(new Recording(anchored));
    }

    private void Record(ParsingEvent next)
    {
        for (var i = _recordings.Count - 1; i >= 0; i--)
        {
            var recording = _recordings[i];
            recording.Events.Add(next);
            recording.Depth += next.NestingIncrease;
            if (recording.Depth > 0) continue;
            _anchors[recording.Anchor] = recording.Events;
            _recordings.RemoveAt(i);
        }
    }

    private sealed class Recording(NodeEvent start)
    {
        public string Anchor { get; } = start.Anchor.Value;

        public List<ParsingEvent> Events { get; } = [start];

        public int Depth { get; set; } = 1;
    }
}
