using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MultiCluster.Objects.Yaml;

/// <summary>The documents of a YAML text as trees. A node that an alias names is there once, however often it is named.</summary>
/// <param name="text">The text.</param>
/// <param name="firstLine">The line of the whole text on which this one begins.</param>
/// <param name="cancellationToken">Ends the reading.</param>
internal sealed class YamlTreeReader(string text, int firstLine, CancellationToken cancellationToken)
{
    private readonly Parser _parser = new(new Scanner(new StringReader(text), skipComments: true));
    private readonly Dictionary<string, YamlNode?> _anchors = new(StringComparer.Ordinal);
    private YamlProblemException? _problem;

    /// <summary>Where the document at hand begins.</summary>
    public TextPlace Start { get; private set; } = new(firstLine, 1);

    /// <summary>The next document; null after the last.</summary>
    /// <exception cref="YamlException">The text is no YAML from somewhere on.</exception>
    public YamlDocument? Next()
    {
        while (Move() is var next and not StreamEnd)
        {
            if (next is not DocumentStart start)
                continue;
            _anchors.Clear();
            _problem = null;
            Start = PlaceOf(start.Start);
            var root = Read(Move(), 0);
            Move();
            // A document without an explicit start begins with what is in it.
            return new YamlDocument(0, start.IsImplicit ? root.Place : Start, _problem is null ? root : null, _problem);
        }

        return null;
    }

    private ParsingEvent Move()
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _parser.MoveNext() ? _parser.Current! : new StreamEnd();
    }

    private YamlNode Read(ParsingEvent next, int depth)
    {
        if (next is AnchorAlias alias)
            return Aliased(alias);
        var place = PlaceOf(next.Start);
        var found = (NodeEvent)next;
        var tag = found.Tag.IsEmpty ? null : found.Tag.Value;
        var anchor = found.Anchor.IsEmpty ? null : found.Anchor.Value;
        if (anchor is not null)
            _anchors[anchor] = null; // until it has ended, so that it cannot contain itself
        var node = next switch
        {
            Scalar scalar => new YamlNode(scalar.Value, scalar.Style == ScalarStyle.Plain ? YamlWriting.Plain : YamlWriting.Text, place, tag),
            MappingStart => Container(YamlNodeKind.Mapping, place, tag, depth + 1),
            _ => Container(YamlNodeKind.Sequence, place, tag, depth + 1),
        };
        if (anchor is not null)
            _anchors[anchor] = node;
        return node;
    }

    private YamlNode Container(YamlNodeKind kind, TextPlace place, string? tag, int depth)
    {
        var node = new YamlNode(kind, place, tag);
        if (depth > YamlTree.MaxDepth)
        {
            Skip();
            return Refused(node, place, $"this is nested deeper than {YamlTree.MaxDepth} levels", "Check the file: no object is nested so deep.");
        }

        for (var next = Move(); next is not (MappingEnd or SequenceEnd); next = Move())
            node.Children.Add(Read(next, depth));
        return node;
    }

    private YamlNode Aliased(AnchorAlias alias)
    {
        var place = PlaceOf(alias.Start);
        var node = new YamlNode(YamlNodeKind.Alias, place);
        var name = alias.Value.Value;
        if (_anchors.TryGetValue(name, out var target) && target is not null)
            node.Children.Add(target);
        else if (_anchors.ContainsKey(name))
            Refused(node, place, $"the anchor &{name} contains itself", "Take the alias out of what it stands for.");
        else
            Refused(node, place, $"there is no anchor &{name} before this alias", "Name an anchor that stands above in the same document; put quotes around a text that begins with *.");
        return node;
    }

    /// <summary>The first thing that is wrong is told; the document is read to its end, so that the next ones are found.</summary>
    private YamlNode Refused(YamlNode node, TextPlace place, string message, string advice)
    {
        _problem ??= new YamlProblemException(place, message, advice);
        return node;
    }

    /// <summary>Over the rest of the container that has begun.</summary>
    private void Skip()
    {
        for (var level = 1; level > 0;)
            level += Move().NestingIncrease;
    }

    private TextPlace PlaceOf(Mark mark) => new((int)mark.Line + firstLine - 1, (int)mark.Column);
}
