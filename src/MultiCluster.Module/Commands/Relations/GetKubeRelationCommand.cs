using System.Management.Automation;
using MultiCluster.Faults;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Relations;
using MultiCluster.Relations.Drawing;
using MultiCluster.Relations.Following;

namespace MultiCluster.Module.Commands.Relations;

/// <summary>Shows what objects own, select, mount, use, route to, scale and bind, and what has to do with them.</summary>
[Cmdlet(VerbsCommon.Get, "KubeRelation", DefaultParameterSetName = "Namespace")]
[OutputType(typeof(KubeRelation), typeof(string))]
public sealed class GetKubeRelationCommand : ClusterCmdlet
{
    /// <summary>The kind, in any form that <c>kubectl get</c> takes; or <c>kind/name</c> without <see cref="Name"/>.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(KindCompleter))]
    public string? Kind { get; set; }

    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ObjectNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Namespaces; the session's when left out.</summary>
    [Parameter(ParameterSetName = "Namespace")]
    [Alias("n")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string[] Namespace { get; set; } = [];

    /// <summary>All namespaces.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "AllNamespaces")]
    [Alias("A")]
    public SwitchParameter AllNamespaces { get; set; }

    /// <summary>Which relations are followed.</summary>
    [Parameter]
    [ValidateSet(nameof(RelationDirection.Both), nameof(RelationDirection.Forward), nameof(RelationDirection.Back))]
    public string Direction { get; set; } = nameof(RelationDirection.Both);

    /// <summary>How many steps from the object; 5 by default.</summary>
    [Parameter]
    [ValidateRange(1, 20)]
    public int Depth { get; set; } = RelationQuery.DefaultDepth;

    /// <summary>How many relations of one cluster at the most; 1000 by default.</summary>
    [Parameter]
    [ValidateRange(1, 100_000)]
    public int Limit { get; set; } = RelationQuery.DefaultLimit;

    /// <summary>Writes a drawing as text, in the place of rows.</summary>
    [Parameter]
    [ValidateSet("Mermaid", "Dot")]
    public string? As { get; set; }

    private protected override bool TakesObjects => true;

    private protected override void End()
    {
        var clusters = Targets();
        var reader = new RelationReader(Query());
        var lines = new List<KubeRelation>();
        Ask<KubeRelation>(clusters, reader.ReadAsync, line =>
        {
            if (As is null)
                WriteObject(line);
            else
                lines.Add(line);
            return true;
        });
        if (lines.Count > 0)
            WriteObject("Dot".Equals(As, StringComparison.OrdinalIgnoreCase) ? DotText.Of(RelationDrawing.Of(lines)) : MermaidText.Of(RelationDrawing.Of(lines)));
        base.End();
    }

    private RelationQuery Query()
    {
        var query = new RelationQuery { Direction = Enum.Parse<RelationDirection>(Direction, ignoreCase: true), Depth = Depth, Limit = Limit };
        if (PipesObjects)
            return Kind is null ? query with { References = References() } : throw new FaultException(RowFaults.SaidTwice(nameof(Kind)));
        if (PipesNothing)
            return query;
        var (kind, names) = Kind is { } text && Name.Length == 0 && text.LastIndexOf('/') is var at and > 0 ? (text[..at], [text[(at + 1)..]]) : (Kind, Name);
        return query with
        {
            Kind = kind ?? throw new FaultException(RowFaults.NoKind),
            Names = names,
            Namespaces = Checked.Namespaces(Namespace),
            AllNamespaces = AllNamespaces,
        };
    }
}
