using MultiCluster.Relations;
using MultiCluster.Relations.Drawing;
using MultiCluster.Tests.Objects.Kinds;

namespace MultiCluster.Tests.Relations;

/// <summary>Drawings as text, in which names are data.</summary>
public sealed class RelationDrawingTests
{
    private const string Hostile = "\"]; click n0 \"javascript:alert(1)\" <img src=x onerror=alert(1)> `#quot;` &lt;\\N\n\e[31m";

    [Fact]
    public void Mermaid_has_each_object_and_each_relation_once() => Assert.Equal(
        """
        flowchart LR
          subgraph c0["prod-eu"]
            n0["Pod/web/shop"]
            n1["Secret/web/key"]:::missing
            n0 -->|"Mounts spec.volumes#91;0#93;.secret"| n1
          end
          classDef missing stroke-dasharray: 4 4

        """.ReplaceLineEndings("\n"),
        MermaidText.Of(RelationDrawing.Of([Root("shop"), Line("shop", "key"), Line("shop", "key")])));

    [Fact]
    public void Dot_has_each_object_and_each_relation_once() => Assert.Equal(
        """
        digraph relations {
          rankdir=LR
          node [shape=box]
          subgraph cluster_0 {
            label="prod-eu"
            n0 [label="Pod/web/shop"]
            n1 [label="Secret/web/key" style=dashed]
            n0 -> n1 [label="Mounts spec.volumes[0].secret"]
          }
        }

        """.ReplaceLineEndings("\n"),
        DotText.Of(RelationDrawing.Of([Root("shop"), Line("shop", "key")])));

    [Fact]
    public void In_Mermaid_no_name_becomes_markup()
    {
        var text = MermaidText.Of(RelationDrawing.Of([Root(Hostile), Line(Hostile, Hostile)]));

        Assert.All(text.Split('\n').Where(static line => line.Contains("img", StringComparison.Ordinal)), static line => Assert.Matches("""^    n\d\["[A-Za-z0-9 /.\-_#;]*"\](:::missing)?$""", line));
        Assert.DoesNotContain("<img", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', text);
    }

    [Fact]
    public void In_Dot_no_name_ends_its_quotes()
    {
        var text = DotText.Of(RelationDrawing.Of([Root(Hostile), Line(Hostile, Hostile)]));

        Assert.All(text.Split('\n').Where(static line => line.Contains("img", StringComparison.Ordinal)), static line => Assert.Matches("""^    n\d \[label="(\\\\|\\"|[^"\\])*"( style=dashed)?\]$""", line));
        Assert.Contains("&amp;lt;", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', text);
    }

    private static KubeRelation Root(string name) => new() { ClusterId = Sample.Cluster.ClusterId, ClusterName = Sample.Cluster.ClusterName, Root = $"Pod/web/{name}", Depth = 0, Kind = "Pod", Namespace = "web", Name = name };

    private static KubeRelation Line(string pod, string secret) => new()
    {
        ClusterId = Sample.Cluster.ClusterId,
        ClusterName = Sample.Cluster.ClusterName,
        Root = $"Pod/web/{pod}",
        Depth = 1,
        Direction = RelationDirection.Forward,
        Relation = RelationType.Mounts,
        From = $"Pod/web/{pod}",
        To = $"Secret/web/{secret}",
        Fields = ["spec.volumes[0].secret"],
        Kind = "Secret",
        Namespace = "web",
        Name = secret,
        State = RelationState.Missing,
    };
}
