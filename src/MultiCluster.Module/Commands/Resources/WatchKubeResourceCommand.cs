using System.Management.Automation;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Resources;

namespace MultiCluster.Module.Commands.Resources;

/// <summary>Follows what becomes of objects of any kind on every selected cluster.</summary>
[Cmdlet(VerbsCommon.Watch, "KubeResource", DefaultParameterSetName = "Namespace")]
[OutputType(typeof(KubeWatchEvent), typeof(KubeWatchNotice))]
public sealed class WatchKubeResourceCommand : StreamCmdlet
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

    /// <summary>Namespaces; the session's when left out.</summary>
    [Parameter(ParameterSetName = "Namespace")]
    [Alias("n")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string[] Namespace { get; set; } = [];

    /// <summary>All namespaces, those that come later included.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "AllNamespaces")]
    [Alias("A")]
    public SwitchParameter AllNamespaces { get; set; }

    /// <summary>Label selector in Kubernetes' syntax: <c>tier=frontend,env in (prod,staging)</c>.</summary>
    [Parameter]
    [Alias("Selector", "l")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LabelSelectorCompleter))]
    public string? LabelSelector { get; set; }

    /// <summary>Field selector in Kubernetes' syntax: <c>spec.nodeName=node-7</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FieldSelectorCompleter))]
    public string? FieldSelector { get; set; }

    /// <summary>Asks for metadata only, a fraction of the bytes.</summary>
    [Parameter]
    public SwitchParameter MetadataOnly { get; set; }

    /// <summary>Leaves out the objects that are there when the watch begins.</summary>
    [Parameter]
    public SwitchParameter ChangesOnly { get; set; }

    /// <summary>Ends after that many events of the whole call.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; }

    /// <summary>The largest event that is read, in MiB; 64 by default.</summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    public int MaxEventMB { get; set; } = WatchQuery.DefaultMaxEventBytes / (1024 * 1024);

    private protected override bool TakesObjects => true;

    private protected override void End()
    {
        if (!PipesObjects && !PipesNothing && Kind.Length == 0)
            throw new FaultException(RowFaults.NoKind);
        var query = new WatchQuery
        {
            Kinds = Kind,
            Names = Name,
            Namespaces = Checked.Namespaces(Namespace),
            AllNamespaces = AllNamespaces,
            LabelSelector = Checked.Labels(LabelSelector),
            FieldSelector = Checked.Fields(FieldSelector),
            MetadataOnly = MetadataOnly,
            ChangesOnly = ChangesOnly,
            First = First == 0 ? null : First,
            Duration = Duration,
            MaxEventBytes = MaxEventMB * 1024 * 1024,
        };
        var clusters = Targets();
        var watcher = PipesObjects ? Watcher(clusters, query) : new ResourceWatcher(query, clusters.Count, Time);
        Stream<KubeWatchEvent>(clusters, watcher.WatchAsync, watcher, FanOutOrder.ByTime(Window));
        base.End();
    }

    /// <summary>Watches the objects that are piped in, as they are there now: one that is gone, or bears another's name, is an error.</summary>
    private ResourceWatcher Watcher(IReadOnlyList<KubeCluster> clusters, WatchQuery query)
    {
        var objects = ReadObjects(clusters, new ReferenceQuery { Kinds = Kind, MetadataOnly = true }, anew: true);
        return new ResourceWatcher(query, new WatchedObjects(objects), Time);
    }
}
