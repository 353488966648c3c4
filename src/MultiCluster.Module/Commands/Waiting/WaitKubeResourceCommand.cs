using System.Globalization;
using System.Management.Automation;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects;
using MultiCluster.Resources;
using MultiCluster.Waiting;

namespace MultiCluster.Module.Commands.Waiting;

/// <summary>Waits until objects are as they should be, and writes each as soon as it is.</summary>
[Cmdlet(VerbsLifecycle.Wait, "KubeResource", DefaultParameterSetName = "Condition")]
[OutputType(typeof(KubeObject))]
public sealed class WaitKubeResourceCommand : ClusterCmdlet
{
    /// <summary>Of how many clusters progress tells what is missing.</summary>
    private const int Told = 10;

    /// <summary>Kinds: plural, singular, kind, short name, or <c>kind.version.group</c>.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(KindCompleter))]
    public string[] Kind { get; set; } = [];

    /// <summary>Names. An exact one may be that of an object which is still to come; with wildcards it means what is there. All that are there when left out.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ObjectNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>A condition that they are to have: <c>Ready</c>, or <c>Ready=False</c>.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Condition")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConditionCompleter))]
    public string? Condition { get; set; }

    /// <summary>They are to be gone.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Delete")]
    public SwitchParameter ForDelete { get; set; }

    /// <summary>They are to be rolled out.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Rollout")]
    public SwitchParameter ForRollout { get; set; }

    /// <summary>A field that they are to have, or its value: <c>{.status.phase}=Running</c>, <c>status.phase=Running</c>.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "JsonPath")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FieldPathCompleter))]
    public string? JsonPath { get; set; }

    /// <summary>What they are to fulfil, with each as <c>$_</c>.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Filter")]
    [ValidateNotNull]
    public ScriptBlock? FilterScript { get; set; }

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

    /// <summary>Seconds that each object has; 300 by default.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int WaitSec { get; set; } = 300;

    /// <inheritdoc/>
    [Parameter]
    public override SwitchParameter AsJob { get; set; }

    private protected override bool TakesObjects => true;

    private protected override FanOutOptions Options => base.Options with { Order = ObjectWaiter.Order };

    private protected override void End()
    {
        if (!PipesObjects && !PipesNothing && Kind.Length == 0)
            throw new FaultException(RowFaults.NoKind);
        if (AsJob && FilterScript is not null)
            throw new FaultException(FaultPhase.Invalid, "-FilterScript runs in the pipeline, which a job does not have", "Leave out -AsJob, or run the command in a job of its own with Start-ThreadJob.");
        var query = Query();
        var clusters = Targets();
        var piped = PipesObjects ? Identify(clusters, new ReferenceQuery { Kinds = Kind }) : null;
        if (piped is not null)
            query = query with { Targets = piped.ToLookup(static one => one.Reference.ClusterId, WaitTarget.Of, StringComparer.Ordinal) };
        var waiter = new ObjectWaiter(query, Time);
        Read(
            piped is null ? clusters : [.. clusters.Where(cluster => query.Targets!.Contains(cluster.ClusterId))],
            waiter.WaitAsync,
            mixed: piped is null ? Kind.Length > 1 : piped.Select(static one => one.Kind.Kind).Distinct().Skip(1).Any(),
            progress: () => Progress(waiter, clusters));
        base.End();
    }

    private WaitQuery Query() => new()
    {
        Rule = Rule(),
        Limit = TimeSpan.FromSeconds(WaitSec),
        Kinds = Kind,
        Names = Name,
        Namespaces = Checked.Namespaces(Namespace),
        AllNamespaces = AllNamespaces,
        LabelSelector = Checked.Labels(LabelSelector),
        FieldSelector = Checked.Fields(FieldSelector),
    };

    private WaitRule Rule() => ParameterSetName switch
    {
        "Delete" => new DeletionRule(),
        "Rollout" => new RolloutRule(),
        "JsonPath" => new PathRule(JsonPath!),
        "Filter" => new PredicateRule(async (item, cancellationToken) => await OnPipelineThreadAsync(() => Fulfils(item), cancellationToken).ConfigureAwait(false)),
        _ => new ConditionRule(Condition!),
    };

    /// <summary>Runs the filter with an object as <c>$_</c>, as Where-Object does. An error ends the wait of its cluster: it would come for every object.</summary>
    private bool Fulfils(KubeObject item)
    {
        try
        {
            List<PSVariable> variables = [new("_", item), new("ErrorActionPreference", ActionPreference.Stop)];
            var output = FilterScript!.InvokeWithContext(null, variables, item);
            return output.Count > 1 || (output.Count == 1 && LanguagePrimitives.IsTrue(output[0]));
        }
        catch (RuntimeException e) when (e is not PipelineStoppedException)
        {
            throw new FaultException(FaultPhase.Invalid, $"-FilterScript failed: {e.Message.TrimEnd('.')}", "Try it with Where-Object first.", e);
        }
    }

    private static ProgressState? Progress(ObjectWaiter waiter, IReadOnlyList<KubeCluster> clusters)
    {
        var all = waiter.Clusters.ToDictionary(static one => one.Cluster.ClusterId, StringComparer.Ordinal);
        var total = all.Values.Sum(static one => one.Total);
        var left = all.Values.Sum(static one => one.Left);
        if (total == 0)
            return new("looking for what is waited for", -1);
        var parts = new List<ProgressPart>();
        for (var i = 0; i < clusters.Count && parts.Count < Told; i++)
        {
            if (all.GetValueOrDefault(clusters[i].ClusterId) is not { Left: > 0 and var open } one)
                continue;
            var status = string.Create(CultureInfo.CurrentCulture, $"{one.Total - open:N0} of {one.Total:N0}");
            parts.Add(new(i + 1, clusters[i].ClusterName, one.Lacking is { } lacking ? $"{status}; {lacking}" : status, (one.Total - open) * 100 / one.Total));
        }

        return new(string.Create(CultureInfo.CurrentCulture, $"{total - left:N0} of {total:N0} objects on {all.Count:N0} of {clusters.Count:N0} clusters"), (total - left) * 100 / total, parts);
    }
}
