using System.Globalization;
using System.Text;
using MultiCluster.Terminal;

namespace MultiCluster.Relations.Drawing;

/// <summary>Relations as a graph of Graphviz. A text of others stands in quotes, and none of its characters ends them or means anything in them.</summary>
internal static class DotText
{
    public static string Of(RelationDrawing drawing)
    {
        var text = new StringBuilder("digraph relations {\n  rankdir=LR\n  node [shape=box]\n");
        var number = 0;
        foreach (var cluster in drawing.Clusters)
        {
            text.Append(CultureInfo.InvariantCulture, $"  subgraph cluster_{number++} {{\n    label={Quoted(cluster.Name)}\n");
            foreach (var node in cluster.Nodes)
                text.Append(CultureInfo.InvariantCulture, $"    n{node.Number} [label={Quoted(node.Text)}{(node.IsMissing ? " style=dashed" : "")}]\n");
            foreach (var edge in cluster.Edges)
                text.Append(CultureInfo.InvariantCulture, $"    n{edge.From} -> n{edge.To} [label={Quoted($"{edge.Relation} {edge.Field}".TrimEnd())}]\n");
            text.Append("  }\n");
        }

        return text.Append("}\n").ToString();
    }

    /// <summary>In a label a backslash begins an escape and an ampersand an entity.</summary>
    private static string Quoted(string text) => $"\"{TerminalText.VisibleLine(text)
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("&", "&amp;", StringComparison.Ordinal)}\"";
}
