using System.Management.Automation;
using MultiCluster.Api.Writes;
using MultiCluster.Changes;
using MultiCluster.Changes.Wanted;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Manifests;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects;
using MultiCluster.Resources;
using MultiCluster.Waiting;

namespace MultiCluster.Module.Commands.Resources;

/// <summary>Removes objects: exactly those that were read, by their unique ids. They are found by kind and name, or by manifests.</summary>
[Cmdlet(VerbsCommon.Remove, "KubeResource", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(KubeRemoval))]
public sealed class RemoveKubeResourceCommand : ChangingCmdlet
{
    /// <summary>What says which objects are meant, and therefore does not go with manifests.</summary>
    private static readonly string[] Questions = [nameof(Kind), nameof(Name), nameof(AllNamespaces), nameof(LabelSelector), nameof(FieldSelector)];

    private readonly List<KubeObject> _objects = [];
    private ManifestInput _manifests = null!;
    private int _clusters;
    private bool _takesManifests;

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

    /// <summary>Files, and folders whose .yaml, .yml and .json files are read: the objects that they describe go; wildcards too.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Files and folders by their exact names.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Reads the folders in folders, too.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

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

    /// <summary>Waits until they are gone.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>Seconds that they have until they are gone; 300 by default.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int WaitSec { get; set; } = 300;

    /// <summary>Writes what became of each object.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public override SwitchParameter AsJob { get; set; }

    private protected override bool TakesObjects => true;

    private protected override bool PipesElse => _takesManifests;

    // A cluster whose objects are long in going keeps no other waiting.
    private protected override FanOutOptions Options => Wait ? base.Options with { ThrottleLimit = Math.Max(ThrottleLimit, _clusters) } : base.Options;

    private protected override void Begin()
    {
        base.Begin();
        if (Force && GracePeriodSeconds > 0)
            throw new FaultException(FaultPhase.Invalid, "-Force leaves no time to end, and -GracePeriodSeconds gives some", "Leave out one of them.");
        _manifests = new ManifestInput(this, Recurse, file => Await(ObjectDocuments.ReadFileAsync(file, Cancellation)), Cancellation);
        _takesManifests = Path.Length + LiteralPath.Length > 0;
        _manifests.TakePaths(Path, isLiteral: false);
        _manifests.TakePaths(LiteralPath, isLiteral: true);
    }

    private protected override void Process()
    {
        var rows = new List<PSObject>();
        foreach (var row in InputObject)
        {
            if (TargetValues.Unwrap(row) is string or FileSystemInfo or PathInfo && _manifests.TryTake(row))
                _takesManifests = true;
            else
                rows.Add(row);
        }

        if (rows.Count == 0 && _takesManifests)
            return;
        InputObject = [.. rows];
        base.Process();
    }

    private protected override void End()
    {
        var manifests = _takesManifests ? Manifests() : [];
        if (!_takesManifests && !PipesObjects && !PipesNothing && Kind.Length == 0)
            throw new FaultException(RowFaults.NoKind);
        if (!PipesObjects && Kind.Length > 0 && Name.Length == 0 && LabelSelector is null && FieldSelector is null)
            throw new FaultException(FaultPhase.Invalid, "nothing says which objects are meant", "Give -Name (with * for all), -LabelSelector or -FieldSelector.");
        var clusters = Targets();
        if (_takesManifests)
            Find(clusters, new ManifestObjects(manifests, Namespace.SingleOrDefault()).FindAsync);
        else if (PipesObjects)
            _objects.AddRange(ReadObjects(clusters, new ReferenceQuery { Kinds = Kind, MetadataOnly = true }));
        else if (Kind.Length > 0)
            Search(clusters);
        Remove(clusters);
        base.End();
    }

    /// <summary>What the manifests describe. When some of it cannot be read, nothing is removed.</summary>
    private IReadOnlyList<Manifest> Manifests()
    {
        if (PipesObjects)
            throw new FaultException(FaultPhase.Invalid, "both objects and manifests say what is to be removed", "Give one of them.");
        if (Array.Find(Questions, IsBound) is { } question)
            throw new FaultException(FaultPhase.Invalid, $"the manifests say which objects are meant, and so does -{question}", $"Leave out -{question}.");
        if (Namespace.Length > 1)
            throw new FaultException(FaultPhase.Invalid, "-Namespace is that of manifests which name none, and several are given", "Give one.");
        IReadOnlyList<Manifest> manifests = [.. _manifests.End().Select(static given => given.Manifest)];
        if (_manifests.Failed > 0)
            throw new FaultException(FaultPhase.Invalid, $"{_manifests.Failed} of what was given cannot be read, and nothing was removed", "Correct it; the errors before this one say where.");
        foreach (var manifest in manifests)
        {
            WholeChange.CheckNamespace(manifest, Checked.Namespaces(Namespace).SingleOrDefault());
            if (manifest.Name is null)
                throw new FaultException(FaultPhase.Invalid, $"{manifest.Place}: {manifest} has no name of its own (generateName), and nothing is found by it", "Give it a metadata.name, or remove what was made by its name or its labels.");
        }

        return manifests;
    }

    private void Search(IReadOnlyList<KubeCluster> clusters)
    {
        var reader = new ResourceReader(Query());
        Find(clusters, reader.ReadAsync);
        Tell(reader.Remarks);
        if (_objects.Count == 0)
            TellNothingFits("object", clusters, LabelSelector, FieldSelector);
    }

    private void Find(IReadOnlyList<KubeCluster> clusters, ClusterOperation operation) => Ask<KubeObject>(clusters, operation, item =>
    {
        _objects.Add(item);
        return true;
    });

    private void Remove(IReadOnlyList<KubeCluster> clusters)
    {
        var byId = clusters.ToDictionary(static cluster => cluster.ClusterId, StringComparer.Ordinal);
        var objects = _takesManifests ? _objects.OrderByDescending(static item => ApplyOrder.RankOf(item.Source.Kind.Group, item.Kind)) : _objects.AsEnumerable();
        var query = new RemoveQuery
        {
            Objects = [.. objects.Where(item => byId.TryGetValue(item.ClusterId, out var cluster) && MayChange(cluster, PathOf(item), "Remove"))],
            Propagation = Propagation is null ? DeletePropagation.Default : Enum.Parse<DeletePropagation>(Propagation, ignoreCase: true),
            GracePeriodSeconds = Force || IsBound(nameof(GracePeriodSeconds)) ? GracePeriodSeconds : null,
            RemoveFinalizers = RemoveFinalizer,
            DryRun = DryRun,
        };
        KubeCluster[] having = [.. query.Objects.Select(item => byId[item.ClusterId]).Distinct()];
        _clusters = having.Length;
        var shows = PassThru || query.DryRun;
        if (Wait)
        {
            WriteOrKeep<KubeRemoval>(having, new AwaitedRemoval(query, TimeSpan.FromSeconds(WaitSec), Time).RemoveAsync, shows);
            return;
        }

        var remover = new ObjectRemover(query);
        WriteOrKeep<KubeRemoval>(having, (connection, _, call, sink, cancellationToken) => remover.RemoveAsync(connection, call, sink, cancellationToken), shows);
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
