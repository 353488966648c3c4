using MultiCluster.Logs;
using MultiCluster.Terminal;

namespace MultiCluster.Module.Views;

/// <summary>What the log table shows in front of a line. A cluster and a pod keep their colours in every session.</summary>
internal static class LogColumns
{
    /// <summary>Columns that the source takes; the table's width for it.</summary>
    private const int Width = 40;

    private const int ContainerWidth = 10;

    /// <summary>Colours that can be read on a dark and on a light background, of the terminal's 256.</summary>
    private static readonly int[] Palette =
    [
        26, 29, 31, 33, 37, 61, 63, 64, 67, 68, 70, 73, 94, 96, 97, 99, 100, 103, 107, 124, 125, 130, 131, 133, 134, 136, 137, 161, 162, 166, 168, 169, 172,
    ];

    /// <summary><c>prod-eu web-7d9c5b8f4-x2x7k app</c>: the clusters' names as long as in all tables, so that the pods stand below each other.</summary>
    /// <param name="line">The line.</param>
    /// <param name="cluster">Its cluster's short name.</param>
    /// <param name="longest">The cells of the longest one in the session.</param>
    internal static string Source(KubeLogLine line, string cluster, int longest)
    {
        var blanks = new string(' ', Math.Max(0, longest - TerminalCells.Width(cluster)) + 1);
        var container = TerminalCells.CutMiddle(TerminalText.VisibleLine(line.Container), ContainerWidth);
        var room = Width - 1 - TerminalCells.Width(cluster) - blanks.Length - TerminalCells.Width(container);
        // The end of a pod's name tells it from its siblings, so what is left out is in the middle.
        var pod = TerminalCells.CutMiddle(TerminalText.VisibleLine(line.Pod), room);
        return $"{Coloured(cluster, line.ClusterName)}{blanks}{Coloured(pod, line.Pod)} {container}";
    }

    private static string Coloured(string text, string name) => $"\e[38;5;{Palette[Hash(name) % (uint)Palette.Length]}m{text}\e[0m";

    /// <summary>FNV-1a: the same in every process, which a string's own hash is not.</summary>
    private static uint Hash(string text)
    {
        var hash = 2166136261u;
        foreach (var letter in text)
            hash = (hash ^ letter) * 16777619;
        return hash ^ (hash >> 16);
    }
}
