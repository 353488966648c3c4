using Spectre.Console;
using Spectre.Console.Rendering;

namespace MultiCluster.Picking;

/// <summary>One line of the picker while it is put together; what does not fit is left out.</summary>
internal sealed class PickLine(int width, CellText cells)
{
    private readonly List<Segment> _segments = [];
    private int _used;

    public IReadOnlyList<Segment> Segments => _segments;

    /// <summary>The cells that are still free.</summary>
    public int Room => width - _used;

    public PickLine Add(string text, Style? style = null) => AddFitting(cells.CutEnd(text, Room), style);

    /// <summary>Adds a text whose two ends matter.</summary>
    public PickLine AddEnds(string text, Style? style = null) => AddFitting(cells.CutMiddle(text, Room), style);

    /// <summary>Adds a text whose end matters most.</summary>
    public PickLine AddEnd(string text, Style? style = null) => AddFitting(cells.CutStart(text, Room), style);

    /// <summary>Adds a text whose two ends matter in a column, with the gap to the next.</summary>
    public PickLine AddColumn(string text, int column, Style? style = null)
    {
        var cut = cells.CutMiddle(text, Math.Min(column, Room));
        AddFitting(cut, style);
        return Add(new string(' ', column - CellText.Width(cut) + PickLayout.Gap));
    }

    /// <summary>Adds a text at the line's end, when it fits.</summary>
    public PickLine AddRight(string text, Style? style = null)
    {
        var gap = Room - CellText.Width(text);
        return gap < PickLayout.Gap ? this : Add(new string(' ', gap)).Add(text, style);
    }

    private PickLine AddFitting(string text, Style? style)
    {
        _used += CellText.Width(text);
        if (text.Length > 0)
            _segments.Add(new Segment(text, style ?? Style.Plain));
        return this;
    }
}
