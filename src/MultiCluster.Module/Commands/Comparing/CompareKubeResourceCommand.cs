using System.Globalization;
using System.Management.Automation;
using MultiCluster.Comparing;
using MultiCluster.Faults;
using MultiCluster.Helm;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Module.Commands.Comparing;

/// <summary>Shows where objects of one name differ between clusters or namespaces, and which are the odd ones.</summary>
[Cmdlet(VerbsData.Compare, "KubeResource", DefaultParameterSetName = "Namespace")]
[OutputType(typeof(KubeDifference))]
public sealed class CompareKubeResourceCommand : ClusterCmdlet
{
    /// <summary>Clusters of which a release was piped in whose payload is not known.</summary>
    private readonly HashSet<string> _unread = new(StringComparer.Ordinal);

    /// <summary>Kinds: plural, singular, kind, short name, or <c>kind.version.group</c>.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(KindCompleter))]
    public string[] Kind { get; set; } = [];

    /// <summary>Names, with wildcards; all when left out.</summary>
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

    /// <summary>Label selector in Kubernetes' syntax: <c>tier=frontend,env in (prod,staging)</c>.</summary>
    [Parameter]
    [Alias("Selector", "l")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LabelSelectorCompleter))]
    public string? LabelSelector { get; set; }

    /// <summary>Field selector in Kubernetes' syntax: <c>metadata.name=web</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FieldSelectorCompleter))]
    public string? FieldSelector { get; set; }

    /// <summary>Compares clusters, or namespaces. Clusters when there are several, else namespaces.</summary>
    [Parameter]
    [ValidateSet(nameof(ComparisonBy.Cluster), nameof(ComparisonBy.Namespace))]
    public string? By { get; set; }

    /// <summary>Paths that alone are compared, and shown where they are the same, too: <c>spec.template.spec.containers.image</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ComparedPathCompleter))]
    public string[] Path { get; set; } = [];

    /// <summary>Compares the status, too.</summary>
    [Parameter]
    public SwitchParameter IncludeStatus { get; set; }

    /// <summary>Shows what is the same everywhere, too.</summary>
    [Parameter]
    public SwitchParameter IncludeEqual { get; set; }

    private protected override bool TakesObjects => true;

    private protected override KubeObject? ObjectOf(object? value)
    {
        if (value is PSObject row && RowColumns.Of(row)?.IsOf(nameof(KubeHelmRelease)) == true)
            throw new FaultException(RowFaults.NotWholeRelease);
        if (value is not KubeHelmRelease release)
            return null;
        if (release.Content is null)
            _unread.Add(release.ClusterId);
        return ReleaseObject.Of(release);
    }

    private protected override void End()
    {
        if (!PipesObjects && !PipesNothing && Kind.Length == 0)
            throw new FaultException(RowFaults.NoKind);
        if (!PipesNothing)
            Compare();
        base.End();
    }

    private void Compare()
    {
        var clusters = Targets();
        var query = new ComparisonQuery
        {
            Kinds = Kind,
            Names = Name,
            Namespaces = Checked.Namespaces(Namespace),
            AllNamespaces = AllNamespaces || PipesObjects,
            LabelSelector = Checked.Labels(LabelSelector),
            FieldSelector = Checked.Fields(FieldSelector),
            Paths = Path,
            IncludeStatus = IncludeStatus,
            IncludeEqual = IncludeEqual,
            By = By is not null ? Enum.Parse<ComparisonBy>(By, ignoreCase: true) : clusters.Count == 1 ? ComparisonBy.Namespace : ComparisonBy.Cluster,
        };
        var comparison = new Comparison(query);
        var reader = new ComparisonReader(query);
        if (PipesObjects)
        {
            foreach (var item in ReadObjects(clusters, new ReferenceQuery { Kinds = Kind }))
                comparison.Add(item);
        }
        else
        {
            Ask<KubeObject>(clusters, reader.ReadAsync, item =>
            {
                comparison.Add(item);
                return true;
            });
            Tell(reader.Remarks);
        }

        var piped = PipesObjects;
        var sides = comparison.Sides([.. clusters.Where(cluster => piped || reader.HasRead(cluster.ClusterId)).Select(static cluster => cluster.Connection!.Identity)]);
        Write(comparison, sides, piped ? (side, _, _) => !_unread.Contains(side.Cluster.ClusterId) : reader.IsKnown);
        foreach (var name in reader.ExactNames.Where(name => sides.Count > 0 && comparison.Objects.All(item => item.Name != name)))
            Fail(new Fault { Phase = FaultPhase.NotFound, Operation = $"compare {name}", Detail = "none of what is compared has an object of that name", Advice = "Check the name, the kind and the namespace." }, name);
    }

    private void Write(Comparison comparison, IReadOnlyList<ComparedSide> sides, Func<ComparedSide, string, string?, bool> isKnown)
    {
        if (sides.Count == 1)
            Fail(new Fault { Phase = FaultPhase.Invalid, Detail = $"there is nothing to compare {sides[0].Cluster.ClusterName}{(sides[0].Namespace is { } ns ? $"/{ns}" : "")} with", Advice = "Select more clusters, or name several namespaces with -Namespace." });
        if (sides.Count < 2)
            return;
        KubeDifference[] rows = [.. comparison.Rows(sides, isKnown, fault => Fail(fault), Cancellation)];
        var view = rows.Length == 0 ? null : Session.Comparisons.TypeNameOf(sides, rows);
        foreach (var row in rows)
        {
            var shown = new PSObject(row);
            if (view is not null)
                shown.TypeNames.Insert(0, view);
            WriteObject(shown);
        }

        WriteVerbose(string.Create(CultureInfo.InvariantCulture, $"{comparison.Objects.Count} objects of {sides.Count} {(sides[0].Namespace is null ? "clusters" : "namespaces")} differ in {rows.Count(static row => !row.Same)} places"));
        if (rows.Length == 0 && Path.Length > 0 && comparison.Objects.Count > 0)
            WriteWarning($"No object has {NameList.Of(Path)}.");
    }
}
