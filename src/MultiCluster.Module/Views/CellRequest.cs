using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using MultiCluster.Clusters;
using MultiCluster.Module.Sessions;
using MultiCluster.Terminal;

namespace MultiCluster.Module.Views;

/// <summary>
/// What a view asks of a cell. <c>State</c> is the property; <c>State|16</c> is at most 16 cells of it; <c>State|16|25</c> as many in a
/// terminal of 80, and 25 of each hundred that a wider one has more. With <c>!</c> before it, it is shown in colour when it is bad.
/// </summary>
internal sealed class CellRequest
{
    /// <summary>The narrowest terminal that tables are made for.</summary>
    public const int Narrow = 80;

    private const int LeastCells = 4;

    /// <summary>Properties that name something, which tell most at both ends.</summary>
    private static readonly HashSet<string> Names = ["Namespace", "Name", "Node", "Pod", "Container", "Object", "About", "Claim", "Volume", "Reference", "Role", "Holder"];

    private static readonly ConcurrentDictionary<string, CellRequest> Parsed = new(StringComparer.Ordinal);

    private readonly bool _toned;
    private readonly int _most;
    private readonly int _share;

    private CellRequest(string text)
    {
        _toned = text.StartsWith('!');
        var parts = text.TrimStart('!').Split('|');
        Path = parts[0];
        _most = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        _share = parts.Length > 2 ? int.Parse(parts[2], CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>The property, or the path to it.</summary>
    public string Path { get; }

    /// <summary>The request of that text; views ask in few forms.</summary>
    public static CellRequest Of(string text) => Parsed.GetOrAdd(text, static text => new(text));

    /// <summary>Whether it is shown in colour when it is bad.</summary>
    public bool IsToned => _toned;

    /// <summary>A value, harmless already, as the cell shows it.</summary>
    /// <param name="value">The value.</param>
    /// <param name="judged">What tells how bad it is; its own text when null.</param>
    public object? Show(object? value, string? judged)
    {
        if ((_most == 0 && !_toned) || value is null)
            return value;
        var text = value is IEnumerable many and not string ? string.Join(',', many.Cast<object?>()) : $"{value}";
        var cells = Cells;
        if (_most > 0)
            text = TerminalText.VisibleLine(text); // a cell of which a part is shown is one line
        var cut = cells == 0 ? text : Names.Contains(Path) ? TerminalCells.CutMiddle(text, cells) : Path == "At" ? TerminalCells.CutStart(text, cells) : TerminalCells.CutEnd(text, cells);
        return _toned ? TerminalLook.Current.Coloured(cut, judged is null ? Tones.Of(Path, text) : Tones.Of(judged)) : cut;
    }

    private int Cells
    {
        get
        {
            if (_most == 0 || _share == 0)
                return _most;
            var width = TerminalLook.Current.Width;
            if (width == 0)
                return 0;
            var cells = Math.Max(LeastCells, _most + ((width - Narrow) * _share / 100));
            // What the clusters' names leave of their column is the name's.
            return Path == "Name" ? cells + ShortNames.Width - Math.Max("ClusterName".Length, KubeSession.Current.Pool.ShortNames.Longest) : cells;
        }
    }
}
