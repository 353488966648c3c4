using System.Management.Automation;
using MultiCluster.FanOut;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Module.Commands.Events;

/// <summary>Follows the Kubernetes events of every selected cluster, merged by their own time.</summary>
[Cmdlet(VerbsCommon.Watch, "KubeEvent", DefaultParameterSetName = "Namespace")]
[OutputType(typeof(KubeEvent), typeof(KubeWatchNotice))]
public sealed class WatchKubeEventCommand : StreamCmdlet
{
    /// <summary>The type name for the table that shows times of day: in a stream every age is a moment.</summary>
    private const string WithTime = "MultiCluster.Objects.KubeEvent#Watch";


    /// <summary>Normal or Warning; both when left out.</summary>
    [Parameter]
    [ValidateSet("Normal", "Warning")]
    public string? Type { get; set; }

    /// <summary>Reasons, with wildcards: <c>BackOff</c>, <c>Failed*</c>.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ReasonCompleter))]
    public string[] Reason { get; set; } = [];

    /// <summary>Begins with the events seen no longer ago than this: <c>30s</c>, <c>10m</c>, <c>3d4h</c>; with those to come when left out.</summary>
    [Parameter]
    [Duration]
    public TimeSpan Since { get; set; }

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

    /// <inheritdoc/>
    [Parameter(ValueFromPipeline = true)]
    [Alias("InvolvedObject")]
    [ValidateNotNull]
    public override PSObject[] InputObject { get; set; } = [];

    /// <summary>Ends after that many events of the whole call.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; }

    private protected override bool TakesObjects => true;

    private protected override void End()
    {
        var query = new EventQuery
        {
            Type = Type,
            Reasons = Reason,
            Since = IsBound(nameof(Since)) ? Since : null,
            First = First == 0 ? null : First,
            Namespaces = Checked.Namespaces(Namespace),
            AllNamespaces = AllNamespaces,
            Duration = Duration,
        };
        var clusters = Targets();
        if (PipesObjects)
        {
            query = query with { Subjects = [.. Identify(clusters, new ReferenceQuery()).Select(EventSubject.Of)] };
            var asked = query.Subjects.Select(static subject => subject.ClusterId).ToHashSet();
            clusters = [.. clusters.Where(cluster => asked.Contains(cluster.ClusterId))];
        }

        var watcher = new EventWatcher(query, clusters.Count, Time);
        Stream<KubeEvent>(clusters, watcher.WatchAsync, watcher, FanOutOrder.ByTime(Window), Shown);
        base.End();
    }

    private static PSObject Shown(KubeEvent happened)
    {
        var shown = new PSObject(happened);
        shown.TypeNames.Insert(0, WithTime);
        return shown;
    }
}
