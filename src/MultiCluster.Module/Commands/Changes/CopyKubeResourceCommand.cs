using System.Management.Automation;
using MultiCluster.Changes;
using MultiCluster.Changes.Wanted;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Manifests;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;
using MultiCluster.Objects.Trees;
using MultiCluster.Resources;

namespace MultiCluster.Module.Commands.Changes;

/// <summary>Copies objects to other clusters or namespaces, without what makes them the objects that they are and what binds them to their cluster.</summary>
[Cmdlet(VerbsCommon.Copy, "KubeResource", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(KubeApplyResult))]
public sealed class CopyKubeResourceCommand : FleetChangingCmdlet
{
    /// <summary>Kinds: plural, singular, kind, short name, or <c>kind.version.group</c>.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(KindCompleter))]
    public string[] Kind { get; set; } = [];

    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ObjectNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Namespaces from which is copied; the session's when left out.</summary>
    [Parameter]
    [Alias("n")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string[] Namespace { get; set; } = [];

    /// <summary>Label selector.</summary>
    [Parameter]
    [Alias("Selector", "l")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LabelSelectorCompleter))]
    public string? LabelSelector { get; set; }

    /// <summary>The clusters to which is copied: names or ids, with wildcards, or cluster objects. Each object's own when left out.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SelectedClusterCompleter))]
    public object[]? ToCluster { get; set; }

    /// <summary>The namespace of the copies; that of each object when left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string? ToNamespace { get; set; }

    /// <summary>The name of the copy, for one object.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? NewName { get; set; }

    /// <summary>Takes fields of objects that are there already from the managers that own them; without it that is a conflict.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override bool TakesObjects => true;

    private protected override void Begin()
    {
        base.Begin();
        if (ToCluster is null && ToNamespace is null && NewName is null)
            throw new FaultException(FaultPhase.Invalid, "nothing says where the copies are to be", "Give -ToCluster, -ToNamespace or -NewName.");
        if (ToNamespace is not null)
            ResourceName.CheckNamespace(ToNamespace);
        if (NewName is not null)
            ResourceName.Check(NewName);
    }

    private protected override void End()
    {
        if (!PipesObjects && !PipesNothing && Kind.Length == 0)
            throw new FaultException(RowFaults.NoKind);
        var objects = Find();
        if (NewName is not null && objects.Select(static item => (item.Kind, item.Namespace, item.Name)).Distinct().Skip(1).Any())
            throw new FaultException(FaultPhase.Invalid, $"-NewName is for one object, and {objects.Count} are to be copied", "Leave it out, or copy them one by one.");
        var there = ToCluster is null ? Resolve(objects.Select(static item => (object)new ExactId(item.ClusterId)).Distinct()) : Resolve(ToCluster);
        var changes = new List<ObjectChange>();
        foreach (var item in objects)
        {
            foreach (var cluster in ToCluster is null ? there.Where(cluster => cluster.ClusterId == item.ClusterId) : there)
            {
                if (ChangeOf(item, cluster) is { } change)
                    changes.Add(change);
            }
        }

        Change(there, changes);
        base.End();
    }

    private IReadOnlyList<KubeObject> Find()
    {
        var clusters = Targets();
        if (PipesObjects)
            return ReadObjects(clusters, new ReferenceQuery { Kinds = Kind });
        var found = new List<KubeObject>();
        if (PipesNothing)
            return found;
        var reader = new ResourceReader(new ResourceQuery { Kinds = Kind, Names = Name, Namespaces = Checked.Namespaces(Namespace), LabelSelector = Checked.Labels(LabelSelector) });
        Ask<KubeObject>(clusters, reader.ReadAsync, item =>
        {
            found.Add(item);
            return true;
        });
        Tell(reader.Remarks);
        return found;
    }

    private ObjectChange? ChangeOf(KubeObject item, KubeCluster cluster)
    {
        var ns = item.Namespace is null ? null : ToNamespace ?? item.Namespace;
        var name = NewName ?? item.Name;
        if (cluster.ClusterId == item.ClusterId && ns == item.Namespace && name == item.Name)
        {
            WriteVerbose($"{cluster.ClusterName}: {item.Kind} {item.Name} is here already");
            return null;
        }

        var json = WholeChange.Copy(TreeJson.Of(item), item.Source.Kind.Group, item.Kind, ToNamespace, NewName);
        var place = new ManifestPlace($"{item.ClusterName}: {item.Kind} {(item.Namespace is null ? "" : $"{item.Namespace}/")}{item.Name}", 1, 1, 1);
        return ApplyChange.Of(Manifest.Of(new ObjectDocument(place, json)), null, Force) with { ClusterId = cluster.ClusterId, Action = "Copy", Source = place.Source };
    }
}
