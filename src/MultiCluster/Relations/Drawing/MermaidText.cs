using System.Globalization;
using System.Text;
using MultiCluster.Terminal;

namespace MultiCluster.Relations.Drawing;

/// <summary>
/// Relations as a flowchart of Mermaid. Whatever is no letter, digit or one of a few signs in a text of others is written as the code of its
/// character (<c>#60;</c>), so that no name becomes markup.
/// </summary>
internal static class MermaidText
{
    public static string Of(RelationDrawing drawing)
    {
        var text = new StringBuilder("flowchart LR\n");
        var number = 0;
        foreach (var cluster in drawing.Clusters)
        {
            text.Append(CultureInfo.InvariantCulture, $"  subgraph c{number++}[\"{Escaped(cluster.Name)}\"]\n");
            foreach (var node in cluster.Nodes)
                text.Append(CultureInfo.InvariantCulture, $"    n{node.Number}[\"{Escaped(node.Text)}\"]{(node.IsMissing ? ":::missing" : "")}\n");
            foreach (var edge in cluster.Edges)
                text.Append(CultureInfo.InvariantCulture, $"    n{edge.From} -->|\"{edge.Relation} {Escaped(edge.Field)}\"| n{edge.To}\n");
            text.Append("  end\n");
        }

        return text.Append("  classDef missing stroke-dasharray: 4 4\n").ToString();
    }

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in TerminalText.VisibleLine(text).EnumerateRunes())
        {
            if (rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || " /.-_".Contains((char)rune.Value, StringComparison.Ordinal)))
                escaped.Append((char)rune.Value);
            else
                escaped.Append(CultureInfo.InvariantCulture, $"#{rune.Value};");
        }

        return escaped.ToString();
    }
}
