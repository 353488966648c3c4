using System.Globalization;
using MultiCluster.Picking;
using MultiCluster.Terminal;
using Spectre.Console;

namespace MultiCluster.Overview.Live;

/// <summary>Turns the live table into lines. Words carry the meaning; weight and colour only repeat it.</summary>
internal sealed class LiveView(LiveState state, bool unicode)
{
    private const int MostOfName = 30;

    private static readonly (string Label, int Width)[] Columns =
        [("Version", 8), ("Nodes", 7), ("Pods", 11), ("CPU%", 4), ("Mem%", 4), ("Warn", 4), ("Attn", 4)];

    private static readonly Style Strong = new(decoration: Decoration.Bold);
    private static readonly Style Faint = new(decoration: Decoration.Dim);
    private static readonly Style Bad = new(Color.Red);
    private static readonly Style Warning = new(Color.Olive);

    private readonly CellText _cells = new(unicode ? '…' : '~');

    /// <summary>The lines for a terminal of this size.</summary>
    public IReadOnlyList<PickLine> Lines(int width, int height)
    {
        // A character in the last column leaves terminals undecided where the cursor is.
        var room = Math.Max(1, width - 1);
        var rows = state.Rows();
        var shown = Math.Max(1, height - 3);
        state.Fit(rows.Count, shown);
        var name = rows.Select(static row => CellText.Width(CellText.Clean(row.Name))).Append("Cluster".Length).Max();
        name = Math.Min(name, Math.Min(MostOfName, room / 3));
        var lines = new List<PickLine> { Title(room, rows, shown), Header(room, name) };
        lines.AddRange(rows.Skip(state.Top).Take(shown).Select(row => Line(room, name, row)));
        lines.Add(Footer(room));
        return lines.Count <= height ? lines : lines.GetRange(0, Math.Max(1, height));
    }

    private PickLine Title(int room, IReadOnlyList<LiveRow> rows, int shown)
    {
        var silent = rows.Count(static row => row.IsSilent);
        var waiting = rows.Count(static row => row.Row is null);
        var findings = rows.Sum(static row => row.Row?.Attention ?? 0);
        var line = new PickLine(room, _cells).Add($"{Number(rows.Count)} cluster{(rows.Count == 1 ? "" : "s")}", Strong);
        line.Add($", {Number(findings)} finding{(findings == 1 ? "" : "s")}");
        if (silent > 0)
            line.Add($", {Number(silent)} without an answer", Bad);
        if (waiting > 0)
            line.Add($", {Number(waiting)} being asked", Faint);
        return rows.Count <= shown ? line : line.AddRight($"{Number(state.Top + 1)}-{Number(Math.Min(rows.Count, state.Top + shown))} of {Number(rows.Count)}", Faint);
    }

    private PickLine Header(int room, int name)
    {
        var line = new PickLine(room, _cells).AddColumn("Cluster", name, Strong);
        foreach (var (label, width) in Columns)
            line.AddColumn(label, width, Strong);
        return line.Add("Problem", Strong);
    }

    private PickLine Line(int room, int name, LiveRow row)
    {
        var line = new PickLine(room, _cells).AddColumn(CellText.Clean(row.Name), name, row.IsSilent ? Bad : Style.Plain);
        if (row.Row is not { } seen)
            return line.Add("is being asked", Faint);
        (string? Text, Style Style)[] cells =
        [
            (seen.Version, Style.Plain),
            (seen.Nodes, StyleOf(seen.Nodes)),
            (seen.Pods, StyleOf(seen.Pods)),
            (Number(seen.CpuRequestPercent), Style.Plain),
            (Number(seen.MemoryRequestPercent), Style.Plain),
            (Number(seen.Warnings), Style.Plain),
            (Number(seen.Attention), seen.Attention > 0 ? Warning : Style.Plain),
        ];
        for (var i = 0; i < cells.Length; i++)
            line.AddColumn(CellText.Clean(cells[i].Text ?? ""), Columns[i].Width, cells[i].Style);
        return line.Add(CellText.Clean(seen.Problem ?? ""), seen.Fault is null ? Faint : Bad);
    }

    private PickLine Footer(int room)
    {
        var line = new PickLine(room, _cells);
        foreach (var (key, does) in new[] { ("q", "quit"), ("s", $"sort (by {Order(state.Order)})"), ("r", "refresh"), ("Up/Down", "scroll") })
        {
            if (line.Segments.Count > 0)
                line.Add("  ");
            line.Add(key, Strong).Add($" {does}", Faint);
        }

        return line;
    }

    private static string Order(LiveOrder order) => order switch
    {
        LiveOrder.Name => "name",
        LiveOrder.Cpu => "CPU",
        LiveOrder.Memory => "memory",
        _ => "what is worst",
    };

    private static Style StyleOf(string? count) => count is null ? Style.Plain : Tones.Of(count) switch
    {
        Tone.Bad => Bad,
        Tone.Warning => Warning,
        _ => Style.Plain,
    };

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
