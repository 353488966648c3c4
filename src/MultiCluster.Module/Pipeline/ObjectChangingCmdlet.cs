using System.Management.Automation;
using MultiCluster.Changes;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Views;
using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Module.Pipeline;

/// <summary>A cmdlet that changes objects which are there: piped in, or found by kind and name or selector.</summary>
public abstract class ObjectChangingCmdlet : FleetChangingCmdlet
{
    private protected ObjectChangingCmdlet()
    {
    }

    /// <summary>Kinds: plural, singular, kind, short name, or <c>kind.version.group</c>.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(KindCompleter))]
    public string[] Kind { get; set; } = [];

    /// <summary>Names, with wildcards. Needed unless a selector says which objects are meant; <c>*</c> for all.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ObjectNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Namespaces; the session's when left out.</summary>
    [Parameter]
    [Alias("n")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string[] Namespace { get; set; } = [];

    /// <summary>All namespaces.</summary>
    [Parameter]
    [Alias("A")]
    public SwitchParameter AllNamespaces { get; set; }

    /// <summary>Label selector.</summary>
    [Parameter]
    [Alias("Selector", "l")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LabelSelectorCompleter))]
    public string? LabelSelector { get; set; }

    /// <summary>Writes the changed objects.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override bool TakesObjects => true;

    /// <summary>The kinds that may be changed; those of <see cref="Kind"/>, and any when there are none.</summary>
    private protected virtual IReadOnlyList<string> Kinds => Kind;

    /// <summary>The change of one object.</summary>
    /// <exception cref="FaultException">What is wanted cannot be had of it.</exception>
    private protected abstract ObjectChange ChangeOf(ChangeTarget target);

    private protected override void End()
    {
        if (!PipesObjects && !PipesNothing && Kinds.Count == 0)
            throw new FaultException(RowFaults.NoKind);
        if (!PipesObjects && !PipesNothing && Name.Length == 0 && LabelSelector is null)
            throw new FaultException(FaultPhase.Invalid, "nothing says which objects are meant", "Give -Name (with * for all) or -LabelSelector, or pipe objects in.");
        var clusters = Targets();
        var targets = Find(clusters);
        var changes = new List<ObjectChange>();
        foreach (var target in targets)
        {
            try
            {
                changes.Add(ChangeOf(target));
            }
            catch (FaultException e)
            {
                Fail(e.Fault, target.Name);
            }
        }

        var shown = new ShownObject(Session.Views, mixed: targets.Select(static target => target.Kind).Distinct().Skip(1).Any());
        Change(clusters, changes, result =>
        {
            if (DryRun)
                WriteObject(result);
            else if (PassThru && result.Object is { } item)
                WriteObject(shown.Of(item));
        });
        base.End();
    }

    private List<ChangeTarget> Find(IReadOnlyList<KubeCluster> clusters)
    {
        if (PipesObjects)
            return [.. Identify(clusters, new ReferenceQuery { Kinds = Kinds }).Select(ChangeTarget.Of)];
        if (PipesNothing)
            return [];
        var found = new List<ChangeTarget>();
        var reader = new ResourceReader(new ResourceQuery
        {
            Kinds = Kinds,
            Names = Name,
            Namespaces = Checked.Namespaces(Namespace),
            AllNamespaces = AllNamespaces,
            LabelSelector = Checked.Labels(LabelSelector),
            MetadataOnly = true,
        });
        Ask<KubeObject>(clusters, reader.ReadAsync, item =>
        {
            found.Add(ChangeTarget.Of(item));
            return true;
        });
        Tell(reader.Remarks);
        if (found.Count == 0)
            TellNothingFits("object", clusters, LabelSelector);
        return found;
    }
}
