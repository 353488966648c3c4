using System.Text;

namespace MultiCluster.Module.Pipeline;

/// <summary>A text with the name of what it came from.</summary>
internal sealed record SourceLines(string Text, string Source);

/// <summary>
/// Text as it comes through the pipeline: line by line (<c>Get-Content</c>, a program) or whole (<c>Get-Content -Raw</c>, a here-string). Lines
/// are one text as long as they come from one place; whatever holds a line break is a text of its own, so that two texts are never joined.
/// </summary>
internal sealed class PipedText
{
    private const string Pipeline = "pipeline";

    private readonly StringBuilder _lines = new();
    private string? _file;
    private bool _hasLines;
    private int _texts;

    /// <summary>Takes a string; returns the texts that have ended by it.</summary>
    /// <param name="text">The string.</param>
    /// <param name="file">The file that it is known to come from.</param>
    public IEnumerable<SourceLines> Add(string text, string? file)
    {
        var isWhole = text.AsSpan().ContainsAny('\n', '\r');
        if ((isWhole || file != _file) && End() is { } before)
            yield return before;
        if (isWhole)
        {
            yield return new(text, Name(file));
            yield break;
        }

        _file = file;
        _hasLines = true;
        _lines.Append(text).Append('\n');
    }

    /// <summary>The lines that have come; null when there are none.</summary>
    public SourceLines? End()
    {
        if (!_hasLines)
            return null;
        var text = new SourceLines(_lines.ToString(), Name(_file));
        _lines.Clear();
        (_hasLines, _file) = (false, null);
        return text;
    }

    private string Name(string? file) => file ?? (++_texts == 1 ? Pipeline : $"{Pipeline} (text {_texts})");
}
