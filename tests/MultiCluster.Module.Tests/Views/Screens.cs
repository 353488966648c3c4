using System.Text.RegularExpressions;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Views;

/// <summary>Compares what a terminal shows with the block of text that a test expects.</summary>
internal static partial class Screens
{
    /// <summary>
    /// Fails unless a terminal of 120 columns shows exactly this of the command, with # in place of each digit of a port, a time, a date or
    /// a number made of the time, and one # for what was measured.
    /// </summary>
    /// <param name="shell">Where it is run.</param>
    /// <param name="command">The command.</param>
    /// <param name="expected">All that is shown of it.</param>
    /// <param name="measured">Headers of columns with measured values: right-aligned ones.</param>
    public static void AssertShows(this Shell shell, string command, string expected, params IReadOnlyList<string> measured)
    {
        var shown = Settled(shell, shell.Screen(command), measured);
        Assert.True(expected == shown, $"{command}\nshould show:\n\n{expected}\n\nand shows:\n\n{shown}\n");
    }

    private static string Settled(Shell shell, string screen, IReadOnlyList<string> measured)
    {
        var lines = Passing().Replace(screen.Replace(shell.Kubeconfig, "~/sandbox", StringComparison.Ordinal), static match => Digit().Replace(match.Value, "#")).Split('\n');
        for (var i = 0; i + 1 < lines.Length; i++)
        {
            foreach (var header in measured)
            {
                // The line below the headers is as long as they are: a right-aligned column ends where its header does.
                if (lines[i + 1].TrimStart().StartsWith("--", StringComparison.Ordinal) && Regex.Match(lines[i], $"(?<= ){Regex.Escape(header)}(?= |$)") is { Success: true } found)
                    Hide(lines.AsSpan(i + 2), found.Index + found.Length);
            }
        }

        return Latency().Replace(string.Join('\n', lines), "#");
    }

    /// <summary>Replaces the number that ends at a column, as long as there are rows.</summary>
    private static void Hide(Span<string> rows, int end)
    {
        for (var i = 0; i < rows.Length && rows[i].Length > 0; i++)
        {
            if (rows[i].Length < end || rows[i][end - 1] == ' ')
                continue;
            var start = rows[i].LastIndexOf(' ', end - 1) + 1;
            rows[i] = string.Concat(rows[i].AsSpan(0, start), "#".PadLeft(end - start), rows[i].AsSpan(end));
        }
    }

    [GeneratedRegex(@"(?<=127\.0\.0\.1:)\d+|\d\d:\d\d:\d\d(\.\d+)?|\d{4}-\d\d-\d\d|\d\d/\d\d/\d{4}|nightly-settlement-\d+|(?<=…|nt-)\d+(?=-)")]
    private static partial Regex Passing();

    [GeneratedRegex(@"\d")]
    private static partial Regex Digit();

    [GeneratedRegex(@"(?<=\(ms\) +: )[\d.]+")]
    private static partial Regex Latency();
}
