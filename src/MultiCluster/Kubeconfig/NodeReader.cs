namespace MultiCluster.Kubeconfig;

internal enum NodeToken
{
    Scalar,
    MappingStart,
    MappingEnd,
    SequenceStart,
    SequenceEnd,
    End,
}

/// <summary>Pulls the nodes of one document, YAML or JSON, straight into whoever asks; nothing is kept, and nothing is without a bound.</summary>
internal abstract class NodeReader(CancellationToken cancellationToken)
{
    /// <summary>Levels of nesting. A kubeconfig has six, and under an extension as many as <see cref="NodeJson"/> takes.</summary>
    public const int MaxDepth = 128;

    /// <summary>Nodes of a file, with those that aliases stand for; a kubeconfig of 10,000 contexts has a third of this.</summary>
    public const int MaxNodes = 1_000_000;

    /// <summary>Problems that are told of one file.</summary>
    private const int MaxProblems = 50;

    private readonly Stack<Frame> _frames = new();
    private readonly List<(int Line, int Column, string Message)> _problems = [];
    private int _depth;
    private int _nodes;

    private enum Frame
    {
        Mapping,
        Merged,
        MergeList,
    }

    /// <summary>The token at hand.</summary>
    public NodeToken Token { get; protected set; }

    /// <summary>The text of the scalar at hand.</summary>
    public string Value { get; protected set; } = "";

    /// <summary>True when the scalar at hand is not quoted: then it may be a number, a boolean, null, or a merge key.</summary>
    public bool IsPlain { get; protected set; }

    /// <summary>Where the token at hand starts, counted from 1.</summary>
    public abstract (int Line, int Column) Position { get; }

    /// <summary>Entries that are not of the shape a kubeconfig has; they were skipped.</summary>
    public IReadOnlyList<(int Line, int Column, string Message)> Problems => _problems;

    /// <summary>True when the field at hand comes from a YAML merge key, so that a field of the mapping itself beats it.</summary>
    public bool IsMerged => _frames.TryPeek(out var top) && top == Frame.Merged;

    /// <summary>True when the scalar at hand is YAML's or JSON's null.</summary>
    public bool IsNull => Token == NodeToken.Scalar && IsPlain && Value is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>Moves to the next token.</summary>
    /// <exception cref="NodeLimitException">The document has more in it than any kubeconfig.</exception>
    public void MoveNext()
    {
        cancellationToken.ThrowIfCancellationRequested();
        Advance();
        if (Token is NodeToken.MappingStart or NodeToken.SequenceStart)
        {
            if (++_depth > MaxDepth) throw new NodeLimitException($"This is nested deeper than {MaxDepth} levels, as no kubeconfig is.", Position);
        }
        else if (Token is NodeToken.MappingEnd or NodeToken.SequenceEnd)
        {
            _depth--;
        }

        if (++_nodes > MaxNodes) throw new NodeLimitException("This has more than 1,000,000 entries, as no kubeconfig has.", Position);
    }

    /// <summary>How many problems there were, told or not.</summary>
    public int Reported { get; private set; }

    public void Report((int Line, int Column) position, string message)
    {
        Reported++;
        if (_problems.Count < MaxProblems) _problems.Add((position.Line, position.Column, message));
        else if (_problems.Count == MaxProblems) _problems.Add((position.Line, position.Column, "There are more problems from here on, which are not told."));
    }

    /// <summary>Steps into the mapping at hand; anything else is skipped, and reported unless it is null.</summary>
    public bool EnterMapping(string what)
    {
        if (!Enter(NodeToken.MappingStart, $"{what} is not a mapping.")) return false;
        _frames.Push(Frame.Mapping);
        return true;
    }

    /// <summary>Steps to the next field's value, following merge keys; false at the mapping's end, which is consumed.</summary>
    public bool NextField(out string name)
    {
        while (true)
        {
            switch (Token)
            {
                case NodeToken.MappingEnd:
                    MoveNext();
                    if (_frames.Pop() == Frame.Merged) continue;
                    name = "";
                    return false;

                case NodeToken.SequenceEnd when _frames.Peek() == Frame.MergeList:
                    _frames.Pop();
                    MoveNext();
                    continue;

                case NodeToken.MappingStart when _frames.Peek() == Frame.MergeList:
                    _frames.Push(Frame.Merged);
                    MoveNext();
                    continue;

                case var _ when _frames.Peek() == Frame.MergeList:
                    Skip();
                    continue;

                case NodeToken.Scalar when IsPlain && Value == "<<":
                    MoveNext();
                    EnterMerge();
                    continue;

                case NodeToken.Scalar:
                    name = Value;
                    MoveNext();
                    return true;

                default:
                    Skip();
                    Skip();
                    continue;
            }
        }
    }

    /// <summary>Steps into the sequence at hand; anything else is skipped, and reported unless it is null.</summary>
    public bool EnterSequence(string what) => Enter(NodeToken.SequenceStart, $"{what} is not a list.");

    /// <summary>Reads the next token.</summary>
    protected abstract void Advance();

    /// <summary>True while there is an item at hand; false at the sequence's end, which is consumed.</summary>
    public bool NextItem()
    {
        if (Token != NodeToken.SequenceEnd) return true;
        MoveNext();
        return false;
    }

    /// <summary>
    /// The text of the scalar at hand, or null when it is null or empty. <paramref name="current"/> is what the field has so far:
    /// it stays when the field comes from a merge key, else the last of two equal keys wins.
    /// </summary>
    public string? Text(string? current, string what)
    {
        if (IsMerged && current is not null)
        {
            Skip();
            return current;
        }

        if (Token != NodeToken.Scalar)
        {
            Report(Position, $"{what} is not a text.");
            Skip();
            return null;
        }

        var value = IsNull || Value.Length == 0 ? null : Value;
        MoveNext();
        return value;
    }

    /// <summary>The boolean at hand, or null when it is null or no boolean; the latter is reported.</summary>
    public bool? Flag(bool? current, string what)
    {
        if (IsMerged && current is not null)
        {
            Skip();
            return current;
        }

        var position = Position;
        var text = Text(null, what);
        if (text is null) return null;
        // YAML 1.1 words too: kubectl's parser knows them.
        if (IsOneOf(text, "true", "yes", "on")) return true;
        if (IsOneOf(text, "false", "no", "off")) return false;
        Report(position, $"{what} is neither true nor false.");
        return null;
    }

    /// <summary>Skips the node at hand with everything in it.</summary>
    public void Skip()
    {
        var depth = 0;
        do
        {
            switch (Token)
            {
                case NodeToken.MappingStart or NodeToken.SequenceStart:
                    depth++;
                    break;
                case NodeToken.MappingEnd or NodeToken.SequenceEnd:
                    depth--;
                    break;
                case NodeToken.End:
                    return;
            }

            MoveNext();
        }
        while (depth > 0);
    }

    private static bool IsOneOf(string text, string first, string second, string third) =>
        text.Equals(first, StringComparison.OrdinalIgnoreCase)
        || text.Equals(second, StringComparison.OrdinalIgnoreCase)
        || text.Equals(third, StringComparison.OrdinalIgnoreCase);

    private bool Enter(NodeToken start, string complaint)
    {
        if (Token == start)
        {
            MoveNext();
            return true;
        }

        if (!IsNull) Report(Position, complaint);
        Skip();
        return false;
    }

    private void EnterMerge()
    {
        switch (Token)
        {
            case NodeToken.MappingStart:
                _frames.Push(Frame.Merged);
                MoveNext();
                break;
            case NodeToken.SequenceStart:
                _frames.Push(Frame.MergeList);
                MoveNext();
                break;
            default:
                Skip();
                break;
        }
    }
}
