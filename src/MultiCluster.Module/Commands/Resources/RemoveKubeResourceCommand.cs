using System.Management.Automation;
using MultiCluster.Api.Writes;
using MultiCluster.Faults;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Module.Commands.Resources;

/// <summary>Removes objects: exactly those that were read, by their unique ids.</summary>
[Cmdlet(VerbsCommon.Remove, "KubeResource", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(KubeRemoval))]
public sealed class RemoveKubeResourceCommand : ChangingCmdlet
{
    private readonly List<KubeObject> _objects = [];

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

    /// <summary>Field selector.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FieldSelectorCompleter))]
    public string? FieldSelector { get; set; }

    /// <summary>What becomes of what they own: Background, Foreground or Orphan; the kind's own default when left out.</summary>
    [Parameter]
    [ValidateSet(nameof(DeletePropagation.Background), nameof(DeletePropagation.Foreground), nameof(DeletePropagation.Orphan))]
    public string? Propagation { get; set; }

    /// <summary>Seconds that each has to end; 0 for at once, its own when left out.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int GracePeriodSeconds { get; set; }

    /// <summary>Removes at once what would end in its own time: -GracePeriodSeconds 0. Pods may go on running on a node that cannot be reached.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Finalizers to take away from what waits for them, with wildcards: what they are there for is not done.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] RemoveFinalizer { get; set; } = [];

    /// <summary>Writes what became of each object.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public override SwitchParameter AsJob { get; set; }

    private protected override bool TakesObjects => true;

    private protected override void Begin()
    {
        base.Begin();
        if (Force && GracePeriodSeconds > 0)
            throw new FaultException(FaultPhase.Invalid, "-Force leaves no time to end, and -GracePeriodSeconds gives some", "Leave out one of them.");
    }

    private protected override void End()
    {
        if (!PipesObjects && !PipesNothing && Kind.Length == 0)
            throw new FaultException(RowFaults.NoKind);
        if (!PipesObjects && Kind.Length > 0 && Name.Length == 0 && LabelSelector is null && FieldSelector is null)
            throw new FaultException(FaultPhase.Invalid, "nothing says which objects are meant", "Give -Name (with * for all), -LabelSelector or -FieldSelector.");
        var clusters = Targets();
        if (PipesObjects)
        {
            _objects.AddRange(ReadObjects(clusters, new ReferenceQuery { Kinds = Kind, MetadataOnly = true }));
        }
        else if (Kind.Length > 0)
        {
            var reader = new ResourceReader(Query());
            Ask<KubeObject>(
                clusters,
                reader.ReadAsync,
                item =>
                {
                    _objects.Add(item);
                    return true;
                });
            Tell(reader.Remarks);
            if (_objects.Count == 0)
                TellNothingFits("object", clusters, LabelSelector, FieldSelector);
        }

        var byId = clusters.ToDictionary(static cluster => cluster.ClusterId, StringComparer.Ordinal);
        var query = new RemoveQuery
        {
            Objects = [.. _objects.Where(item => byId.TryGetValue(item.ClusterId, out var cluster) && MayChange(cluster, PathOf(item), "Remove"))],
            Propagation = Propagation is null ? DeletePropagation.Default : Enum.Parse<DeletePropagation>(Propagation, ignoreCase: true),
            GracePeriodSeconds = Force || IsBound(nameof(GracePeriodSeconds)) ? GracePeriodSeconds : null,
            RemoveFinalizers = RemoveFinalizer,
            DryRun = DryRun,
        };
        var remover = new ObjectRemover(query);
        var shows = PassThru || query.DryRun;
        WriteOrKeep<KubeRemoval>(
            [.. query.Objects.Select(item => byId[item.ClusterId]).Distinct()],
            (connection, _, call, sink, cancellationToken) => remover.RemoveAsync(connection, call, sink, cancellationToken),
            shows);
        base.End();
    }

    private ResourceQuery Query() => new()
    {
        Kinds = Kind,
        Names = Name,
        Namespaces = Checked.Namespaces(Namespace),
        AllNamespaces = AllNamespaces,
        LabelSelector = Checked.Labels(LabelSelector),
        FieldSelector = Checked.Fields(FieldSelector),
        MetadataOnly = true,
    };

    private static string PathOf(KubeObject item) => item.Namespace is null ? $"{item.Kind} / {item.Name}" : $"{item.Kind} / {item.Namespace} / {item.Name}";
}
