using System.Management.Automation;
using MultiCluster.FanOut;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Module.Commands.Events;

/// <summary>Reads the Kubernetes events of every selected cluster, the newest first.</summary>
[Cmdlet(VerbsCommon.Get, "KubeEvent", DefaultParameterSetName = "Namespace")]
[OutputType(typeof(KubeEvent))]
public sealed class GetKubeEventCommand : ClusterCmdlet
{
    private FanOutOrder? _order;

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

    /// <summary>Only events seen no longer ago than this: <c>30s</c>, <c>10m</c>, <c>3d4h</c>.</summary>
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

    /// <summary>Answers from the live caches of Enable-KubeCache events, without a request; what has no cache is read from its cluster, and that is said.</summary>
    [Parameter]
    public SwitchParameter Cached { get; set; }

    /// <summary>The newest so many of the whole call.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public override SwitchParameter AsJob { get; set; }

    private protected override FanOutOptions Options => base.Options with { Order = _order };

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
            Cached = Cached,
        };
        var clusters = Targets();
        if (PipesObjects)
        {
            query = query with { Subjects = [.. Identify(clusters, new ReferenceQuery()).Select(EventSubject.Of)] };
            var asked = query.Subjects.Select(static subject => subject.ClusterId).ToHashSet();
            clusters = [.. clusters.Where(cluster => asked.Contains(cluster.ClusterId))];
        }

        var reader = new EventReader(query, Time);
        _order = reader.Order;
        if (AsJob)
        {
            StartJob<KubeEvent>(clusters, reader.ReadAsync, static (job, happened) =>
            {
                job.Take(happened);
                return true;
            });
        }
        else
        {
            Ask<KubeEvent>(clusters, reader.ReadAsync);
        }

        base.End();
    }
}
