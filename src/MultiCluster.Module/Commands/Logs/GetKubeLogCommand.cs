using System.Management.Automation;
using MultiCluster.Faults;
using MultiCluster.Logs;
using MultiCluster.Logs.Streams;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Module.Views;
using MultiCluster.Resources;

namespace MultiCluster.Module.Commands.Logs;

/// <summary>Reads or follows the logs of containers on every selected cluster, merged by time.</summary>
[Cmdlet(VerbsCommon.Get, "KubeLog")]
[OutputType(typeof(KubeLogLine), typeof(KubeLogNotice), typeof(string))]
public sealed class GetKubeLogCommand : StreamCmdlet
{
    /// <summary>Names of pods, or <c>kind/name</c> of what has pods: <c>deployment/web</c>, <c>job/backup</c>, <c>node/worker-1</c>. With wildcards.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PodNameCompleter))]
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

    /// <summary>Label selector of the pods.</summary>
    [Parameter]
    [Alias("Selector", "l")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PodLabelCompleter))]
    public string? LabelSelector { get; set; }

    /// <summary>Field selector of the pods.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PodFieldCompleter))]
    public string? FieldSelector { get; set; }

    /// <summary>Containers, with wildcards; the one that kubectl takes when left out.</summary>
    [Parameter]
    [Alias("c")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContainerCompleter))]
    public string[] Container { get; set; } = [];

    /// <summary>All containers, init and ephemeral ones included.</summary>
    [Parameter]
    public SwitchParameter AllContainers { get; set; }

    /// <summary>Goes on with what is written from now on, and with pods that come to fit.</summary>
    [Parameter]
    [Alias("f")]
    public SwitchParameter Follow { get; set; }

    /// <summary>The instance of each container before its last restart.</summary>
    [Parameter]
    [Alias("p")]
    public SwitchParameter Previous { get; set; }

    /// <summary>Lines no older than this: <c>30s</c>, <c>10m</c>, <c>3d4h</c>.</summary>
    [Parameter]
    [Duration]
    public TimeSpan Since { get; set; }

    /// <summary>Lines of that time and later.</summary>
    [Parameter]
    public DateTime SinceTime { get; set; }

    /// <summary>The last lines of each container.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Tail { get; set; }

    /// <summary>Shows when each line was written, in the table.</summary>
    [Parameter]
    public SwitchParameter Timestamps { get; set; }

    /// <summary>Regular expressions of which a line must match one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Include { get; set; } = [];

    /// <summary>Regular expressions of which a line must match none.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Exclude { get; set; } = [];

    /// <summary>Gives lines that are JSON objects the object's fields as properties.</summary>
    [Parameter]
    public SwitchParameter AsJson { get; set; }

    /// <summary>Writes the text of each line alone, as it was written: escape sequences act on a terminal then.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <summary>Log streams open at once, over all clusters; 100 by default.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int MaxStreams { get; set; } = LogQuery.DefaultMaxStreams;

    private protected override void Begin()
    {
        base.Begin();
        if (Raw && (AsJson || Timestamps))
            throw new FaultException(FaultPhase.Invalid, "-Raw writes nothing but the lines' texts", "Leave out -AsJson and -Timestamps; objects have each line's fields and time without -Raw.");
    }

    private protected override bool TakesObjects => true;

    private protected override IReadOnlyList<string> Narrowing => [nameof(LabelSelector), nameof(FieldSelector)];

    private protected override void End()
    {
        var query = new LogQuery
        {
            Names = Name,
            Namespaces = Checked.Namespaces(Namespace),
            AllNamespaces = AllNamespaces,
            LabelSelector = Checked.Labels(LabelSelector),
            FieldSelector = Checked.Fields(FieldSelector),
            Containers = Container,
            AllContainers = AllContainers,
            Follow = Follow,
            Previous = Previous,
            Since = IsBound(nameof(Since)) ? Since : null,
            SinceTime = IsBound(nameof(SinceTime)) ? new DateTimeOffset(SinceTime) : null,
            Tail = IsBound(nameof(Tail)) ? Tail : null,
            Include = Include,
            Exclude = Exclude,
            MaxStreams = MaxStreams,
            OrderWindow = IsBound(nameof(OrderWindow)) ? Window : null,
            Duration = Duration,
        };
        var clusters = Targets();
        if (PipesObjects)
        {
            query = query with { Objects = ReadObjects(clusters, new ReferenceQuery { DefaultKind = "pods" }) };
            var asked = query.Objects.Select(static item => item.ClusterId).ToHashSet();
            clusters = [.. clusters.Where(cluster => asked.Contains(cluster.ClusterId))];
        }

        var reader = new LogReader(query, clusters.Count, Time);
        var shape = new LogLineShape(Timestamps, AsJson, Raw);
        Stream<KubeLogLine>(clusters, reader.ReadAsync, reader, reader.Order, shape.Of);
        if (!AsJob && !Follow && reader.NothingFits) // who follows has been told at the start
            TellNothingFits("pod", clusters, LabelSelector, FieldSelector);
        base.End();
    }
}
