namespace MultiCluster.Relations.Drawing;

/// <summary>What of relations is drawn: each object and each relation once, cluster by cluster.</summary>
internal sealed class RelationDrawing
{
    private RelationDrawing(IReadOnlyList<DrawnCluster> clusters) => Clusters = clusters;

    public IReadOnlyList<DrawnCluster> Clusters { get; }

    public static RelationDrawing Of(IEnumerable<KubeRelation> lines)
    {
        var number = 0;
        var clusters = new List<DrawnCluster>();
        foreach (var cluster in lines.GroupBy(static line => line.ClusterId, StringComparer.Ordinal))
            clusters.Add(Of(cluster.First().ClusterName, [.. cluster], ref number));
        return new(clusters);
    }

    private static DrawnCluster Of(string name, List<KubeRelation> lines, ref int number)
    {
        var nodes = new Dictionary<string, DrawnNode>(StringComparer.Ordinal);
        var edges = new Dictionary<(int, RelationType, int), DrawnEdge>();
        foreach (var line in lines)
        {
            var own = Node(line.Namespace is null ? $"{line.Kind}/{line.Name}" : $"{line.Kind}/{line.Namespace}/{line.Name}", nodes, ref number);
            if (line.State == RelationState.Missing)
                nodes[own.Text] = own with { IsMissing = true };
            if (line is { Relation: { } relation, From: { } from, To: { } to })
            {
                var (one, other) = (Node(from, nodes, ref number).Number, Node(to, nodes, ref number).Number);
                edges.TryAdd((one, relation, other), new(one, other, relation, line.Field ?? ""));
            }
        }

        return new(name, [.. nodes.Values], [.. edges.Values]);
    }

    private static DrawnNode Node(string text, Dictionary<string, DrawnNode> nodes, ref int number)
    {
        if (!nodes.TryGetValue(text, out var node))
            nodes[text] = node = new(number++, text, false);
        return node;
    }
}

/// <summary>A cluster's part of a drawing.</summary>
internal sealed record DrawnCluster(string Name, IReadOnlyList<DrawnNode> Nodes, IReadOnlyList<DrawnEdge> Edges);

/// <summary>An object. Its number is what a drawing calls it: its name is data.</summary>
internal sealed record DrawnNode(int Number, string Text, bool IsMissing);

/// <summary>A relation between the objects of two numbers.</summary>
internal sealed record DrawnEdge(int From, int To, RelationType Relation, string Field);
