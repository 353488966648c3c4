using System.Globalization;
using Spectre.Console;

namespace MultiCluster.Picking;

/// <summary>Turns the picker's state into lines. Marks and words carry the meaning; weight and colour only repeat it.</summary>
internal sealed class PickView
{
    private static readonly Style Strong = new(decoration: Decoration.Bold);
    private static readonly Style Faint = new(decoration: Decoration.Dim);
    private static readonly Style Warning = new(Color.Olive, decoration: Decoration.Bold);

    private readonly PickState _state;
    private readonly CellText _cells;
    private readonly PickExtent _extent;

    public PickView(PickState state, bool unicode)
    {
        _state = state;
        _cells = new CellText(unicode ? '…' : '~');
        _extent = PickExtent.Of(state.Items);
    }

    /// <summary>The groups of an item in one text.</summary>
    public static string GroupsOf(PickItem item) => CellText.Clean(string.Join(',', item.Groups));

    /// <summary>The lines for a terminal of this size. Fits the state's window to it.</summary>
    public IReadOnlyList<PickLine> Lines(int width, int height)
    {
        var layout = new PickLayout(width, height, _extent);
        _state.Rows = layout.Rows;
        var lines = new List<PickLine>(layout.Height);
        if (!layout.IsCompact)
            lines.Add(Title(layout));
        lines.Add(FilterLine(layout));
        for (var row = 0; row < layout.Rows; row++)
            lines.Add(Row(_state.Top + row, layout));
        if (!layout.IsCompact)
            lines.Add(About(layout));
        AddStatus(lines, layout);
        AddFooter(lines, layout);
        return lines.Count <= layout.Height ? lines : lines.GetRange(0, layout.Height);
    }

    private PickLine Title(PickLayout layout)
    {
        var line = Line(layout).Add("Select clusters", Strong);
        if (_state.Visible.Count <= layout.Rows)
            return line;
        return line.AddRight($"{Number(_state.Top + 1)}-{Number(_state.Top + layout.Rows)} of {Number(_state.Visible.Count)}", Faint);
    }

    private PickLine FilterLine(PickLayout layout)
    {
        var line = Line(layout).Add("Filter: ");
        if (_state.Filter.Length == 0)
            return line.Add("_").Add(" type to filter by name, group or path", Faint);
        return line.AddEnds(CellText.Clean(_state.Filter), Strong).Add("_")
            .AddRight($"{Number(_state.Visible.Count)} of {Number(_state.Items.Count)} shown", Faint);
    }

    private PickLine Row(int place, PickLayout layout)
    {
        var line = Line(layout);
        if (place >= _state.Visible.Count)
            return place == 0 ? line.Add(_state.Items.Count == 0 ? "  There is no cluster to pick." : "  No cluster matches the filter.", Faint) : line;

        var index = _state.Visible[place];
        var item = _state.Items[index];
        var atCursor = place == _state.Cursor;
        var reason = _state.ReasonAgainst(index);
        line.Add(atCursor ? "> " : "  ", Strong);
        line.Add(Mark(index, reason), _state.IsTicked(index) ? Strong : reason is null ? Style.Plain : Faint).Add(" ");
        var name = CellText.Clean(item.Name);
        if (reason is not null)
            return AddRefused(line, name, CellText.Clean(reason), layout, atCursor);
        line.AddColumn(name, layout.NameWidth, atCursor ? Strong : Style.Plain);
        if (layout.GroupsWidth > 0)
            line.AddColumn(GroupsOf(item), layout.GroupsWidth);
        return line.AddEnd(CellText.Clean(item.Detail), Faint);
    }

    /// <summary>A reason is worth more than straight columns: it moves next to the name when it would not fit behind them.</summary>
    private static PickLine AddRefused(PickLine line, string name, string reason, PickLayout layout, bool atCursor)
    {
        var room = layout.Width - PickLayout.MarkWidth - layout.NameWidth - PickLayout.Gap;
        var column = CellText.Width(reason) <= room ? layout.NameWidth : Math.Min(layout.NameWidth, CellText.Width(name));
        return line.AddColumn(name, column, atCursor ? Strong : Faint).Add(reason, Faint);
    }

    private string Mark(int index, string? reason) => _state.IsTicked(index) ? "[x]" : reason is null ? "[ ]" : " - ";

    /// <summary>The item at the cursor once more, with the room of a whole line.</summary>
    private PickLine About(PickLayout layout)
    {
        var line = Line(layout);
        if (_state.Current is not { } index)
            return line;
        var item = _state.Items[index];
        return line.AddEnds(string.Join("  ", new[] { CellText.Clean(item.Name), GroupsOf(item), CellText.Clean(item.Detail) }.Where(part => part.Length > 0)), Faint);
    }

    private void AddStatus(List<PickLine> lines, PickLayout layout)
    {
        var reason = _state.Current is { } index ? _state.ReasonAgainst(index) : null;
        var style = _state.Message is null ? Faint : Warning;
        var wrapped = _cells.Wrap(CellText.Clean(_state.Message ?? reason ?? ""), layout.Width, layout.StatusLines);
        for (var line = 0; line < layout.StatusLines; line++)
            lines.Add(line < wrapped.Count ? Line(layout).Add(wrapped[line], style) : Line(layout));
    }

    private void AddFooter(List<PickLine> lines, PickLayout layout)
    {
        var line = Line(layout).Add($"{Number(_state.TickedCount)} of {Number(_state.Items.Count)} ticked", Strong);
        var left = layout.FooterLines - 1;
        var escape = _state.Filter.Length == 0 ? "cancel" : "clear filter";
        foreach (var (key, does) in new[] { ("Space", "tick"), ("Enter", "accept"), ("Esc", escape), ("Ctrl+A", "tick all"), ("Ctrl+D", "untick all") })
        {
            if (line.Room < key.Length + does.Length + 1 + PickLayout.Gap)
            {
                if (left-- == 0)
                    break;
                lines.Add(line);
                line = Line(layout);
            }

            if (line.Segments.Count > 0)
                line.Add("  ");
            line.Add(key).Add($" {does}", Faint);
        }

        lines.Add(line);
        for (; left > 0; left--)
            lines.Add(Line(layout));
    }

    private PickLine Line(PickLayout layout) => new(layout.Width, _cells);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
