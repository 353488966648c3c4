using System.Globalization;
using Spectre.Console.Rendering;

namespace MultiCluster.Picking;

/// <summary>
/// One picture of the picker, written at once over the one before. It ends where it began, at the start of its first line: a terminal that
/// wraps its lines anew when it is resized takes the cursor along, so neither the next picture nor the cleaning up has to count lines.
/// </summary>
internal sealed class PickFrame : Renderable
{
    private const string HideCursor = "\e[?25l";
    private const string ShowCursor = "\e[?25h";
    private const string DoNotWrap = "\e[?7l";
    private const string Wrap = "\e[?7h";
    private const string ClearRestOfLine = "\e[K";
    private const string ClearBelow = "\e[J";

    // In this order: a segment makes "\n" of "\r\n", which a terminal in raw mode takes straight down.
    private const string NextLine = "\n\r";

    private readonly IReadOnlyList<PickLine> _lines;
    private readonly bool _clearFirst;

    private PickFrame(IReadOnlyList<PickLine> lines, bool clearFirst) => (_lines, _clearFirst) = (lines, clearFirst);

    /// <summary>Nothing, and the cursor as it was.</summary>
    public static PickFrame Erased { get; } = new([], clearFirst: true);

    /// <summary>The lines.</summary>
    /// <param name="lines">What to show, at most as many as the terminal has.</param>
    /// <param name="resized">True when the terminal's size has changed: what it left of the last picture has to go.</param>
    public static PickFrame Of(IReadOnlyList<PickLine> lines, bool resized) => new(lines, resized);

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        yield return Segment.Control(_clearFirst ? "\r" + ClearBelow : "\r");
        if (_lines.Count == 0)
        {
            yield return Segment.Control(ShowCursor);
            yield break;
        }

        yield return Segment.Control(HideCursor + DoNotWrap);
        for (var line = 0; line < _lines.Count; line++)
        {
            foreach (var segment in _lines[line].Segments)
                yield return segment;
            yield return Segment.Control(line < _lines.Count - 1 ? ClearRestOfLine + NextLine : ClearBelow + "\r");
        }

        if (_lines.Count > 1)
            yield return Segment.Control(string.Create(CultureInfo.InvariantCulture, $"\e[{_lines.Count - 1}A"));
        yield return Segment.Control(Wrap);
    }
}
