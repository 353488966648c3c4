using System.Globalization;
using System.Management.Automation;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Nodes;
using MultiCluster.Nodes.Draining;
using MultiCluster.Nodes.Jobs;
using MultiCluster.Nodes.Planning;
using MultiCluster.Objects;
using KubeClusterJob = MultiCluster.Module.Jobs.KubeClusterJob;

namespace MultiCluster.Module.Commands.Nodes;

/// <summary>Drains nodes of many clusters: plans first, then cordons each in its turn and evicts its pods within their budgets.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "KubeDrain", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(KubeDrainResult), typeof(KubeDrainEvent), typeof(KubeDrainPlan))]
public sealed class InvokeKubeDrainCommand : NodeCmdlet
{
    /// <summary>The tag of what a drain says on the Information stream.</summary>
    private const string Tag = "MultiCluster.Drain";

    private int _clusters;

    /// <summary>Leaves the pods of DaemonSets where they are; without it they block.</summary>
    [Parameter]
    public SwitchParameter IgnoreDaemonSet { get; set; }

    /// <summary>Lets pods go whose emptyDir volumes lose their data; without it they block.</summary>
    [Parameter]
    public SwitchParameter DeleteEmptyDirData { get; set; }

    /// <summary>Lets pods go that no controller brings back, and those whose DaemonSet is gone; without it they block.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Deletes pods instead of evicting them: budgets are not asked.</summary>
    [Parameter]
    public SwitchParameter DisableEviction { get; set; }

    /// <summary>Only pods with these labels go; the others stay.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AnyPodLabelCompleter))]
    public string? PodSelector { get; set; }

    /// <summary>Seconds that each pod has to end; 0 for at once, -1 for its own, which is the default.</summary>
    [Parameter]
    [ValidateRange(-1, int.MaxValue)]
    public int GracePeriodSeconds { get; set; } = -1;

    /// <summary>Seconds after which a pod that is terminating is not waited for; all are by default.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int SkipWaitForDeleteTimeout { get; set; }

    /// <summary>Seconds that one node may take, from its cordon on; 900 by default, 0 for ever.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue / 1000)]
    public int NodeTimeoutSec { get; set; } = 900;

    /// <summary>Nodes of all clusters that drain at once; 32 by default.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int NodeThrottleLimit { get; set; } = 32;

    /// <summary>Nodes of one cluster that drain at once: a number, or a percentage of those that are meant; 1 by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string MaxUnavailable { get; set; } = "1";

    /// <summary>Begins no further node when so many have failed.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaxFailure { get; set; }

    /// <summary>Run after each node, with its result as <c>$_</c>: false or an error begins no further node.</summary>
    [Parameter]
    public ScriptBlock? HealthCheck { get; set; }

    /// <summary>Makes a node schedulable again whose drain failed, when the drain had cordoned it.</summary>
    [Parameter]
    public SwitchParameter UncordonOnFailure { get; set; }

    /// <summary>A node is done only when what owns its pods has as many ready ones as before.</summary>
    [Parameter]
    public SwitchParameter WaitForReplacement { get; set; }

    /// <summary>Writes what happens to each pod as objects, too.</summary>
    [Parameter]
    public SwitchParameter IncludeEvent { get; set; }

    /// <summary>Runs in the background, as a job with a child job for each cluster.</summary>
    [Parameter]
    public override SwitchParameter AsJob { get; set; }

    // All clusters take part in the drain itself, so that each node has its result; how many drain at once is the engine's to say.
    private protected override FanOutOptions Options => base.Options with { ThrottleLimit = Math.Max(ThrottleLimit, _clusters) };

    private protected override void Begin()
    {
        base.Begin();
        IntOrPercent.Parse(MaxUnavailable);
        if (PodSelector is not null)
            Checked.Labels(PodSelector);
        if (AsJob && HealthCheck is not null)
            throw new FaultException(FaultPhase.Invalid, "-HealthCheck runs in the pipeline, which a job does not have", "Leave out -AsJob, or run the command in a job of its own with Start-ThreadJob.");
    }

    private protected override void End()
    {
        var options = DrainOptions();
        var (nodes, clusters) = Find();
        var plans = Plan(nodes, clusters, options);
        if (IsWhatIf)
        {
            plans.ForEach(WriteObject);
            base.End();
            return;
        }

        // A node that may not be drained is not changed: its result says why, and nothing is asked about it.
        plans.RemoveAll(plan => !plan.IsBlocked && !MayChange(clusters[plan.ClusterId], $"Node / {plan.Node}", string.Create(CultureInfo.CurrentCulture, $"Drain ({plan.Going:N0} pods)")));
        if (plans.Count > 0)
            Drain(plans, [.. plans.Select(plan => clusters[plan.ClusterId]).Distinct()], options);
        base.End();
    }

    private DrainOptions DrainOptions() => new()
    {
        IgnoreDaemonSet = IgnoreDaemonSet,
        DeleteEmptyDirData = DeleteEmptyDirData,
        Force = Force,
        DisableEviction = DisableEviction,
        PodSelector = PodSelector,
        GracePeriodSeconds = GracePeriodSeconds,
        SkipWaitForDelete = SkipWaitForDeleteTimeout > 0 ? TimeSpan.FromSeconds(SkipWaitForDeleteTimeout) : null,
        NodeTimeout = TimeSpan.FromSeconds(NodeTimeoutSec),
        MaxUnavailable = IntOrPercent.Parse(MaxUnavailable),
        ThrottleLimit = ThrottleLimit,
        NodeThrottleLimit = NodeThrottleLimit,
        MaxFailure = MaxFailure > 0 ? MaxFailure : null,
        UncordonOnFailure = UncordonOnFailure,
        WaitForReplacement = WaitForReplacement,
        DryRun = DryRun,
    };

    /// <summary>The plans of all nodes, in their order; a cluster where something is missing for a drain is an error and has none.</summary>
    private List<KubeDrainPlan> Plan(IReadOnlyList<KubeNode> nodes, IReadOnlyDictionary<string, KubeCluster> clusters, DrainOptions options)
    {
        var planner = new DrainPlanner(options);
        var byCluster = nodes.ToLookup(static node => node.ClusterId, StringComparer.Ordinal);
        var plans = new List<KubeDrainPlan>();
        Ask<KubeDrainPlan>(
            [.. byCluster.Select(group => clusters[group.Key])],
            async (connection, _, call, sink, cancellationToken) => await sink.WriteAsync(
                await planner.PlanAsync(connection, [.. byCluster[connection.Identity.ClusterId]], call, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false),
            plan =>
            {
                plans.Add(plan);
                return true;
            });
        return plans;
    }

    private void Drain(IReadOnlyList<KubeDrainPlan> plans, IReadOnlyList<KubeCluster> clusters, DrainOptions options)
    {
        _clusters = clusters.Count;
        var fleet = new FleetDrain(plans, options, DrainStore.Of(Session.Pool), HealthCheck is null ? null : CheckAsync);
        Task DrainAsync(ClusterConnection connection, string ns, CallContext call, FanOutSink sink, CancellationToken cancellationToken) =>
            fleet.DrainAsync(connection, call, sink, cancellationToken);
        if (AsJob)
        {
            var includeEvent = IncludeEvent;
            StartJob<object>(clusters, DrainAsync, (job, item) => Take(job, item, includeEvent), ended: fleet.Dispose);
            return;
        }

        try
        {
            Ask<object>(clusters, DrainAsync, Take, progress: () => Progress(fleet));
        }
        finally
        {
            if (Cancellation.IsCancellationRequested)
                TellStopped(fleet);
            fleet.Dispose();
        }
    }

    private Task<bool> CheckAsync(KubeDrainResult result, CancellationToken cancellationToken) =>
        OnPipelineThreadAsync(() => HealthCheckScript.Run(HealthCheck!, result), cancellationToken);

    private static bool Take(KubeClusterJob job, object item, bool includeEvent)
    {
        if (item is KubeDrainEvent happened && !includeEvent)
            job.Say(LevelOf(happened), $"{happened}", Tag);
        else
            job.Take(item);
        if (item is KubeDrainResult result && DrainFaults.Of(result) is { } fault)
            job.Fail(fault, result);
        return true;
    }

    /// <summary>That a pod waits is what a user wants to know.</summary>
    private static NoticeLevel LevelOf(KubeDrainEvent happened) => happened.Phase == DrainPhase.Waiting ? NoticeLevel.Information : NoticeLevel.Verbose;

    private bool Take(object item)
    {
        if (item is KubeDrainResult result)
        {
            WriteObject(result);
            if (DrainFaults.Of(result) is { } fault)
                Fail(fault, result);
        }
        else if (item is KubeDrainEvent happened)
        {
            if (IncludeEvent)
                WriteObject(happened);
            else if (LevelOf(happened) == NoticeLevel.Information)
                WriteInformation($"{happened}", ["MultiCluster", Tag]);
            else
                WriteVerbose($"{happened}");
        }

        return true;
    }

    private static ProgressState? Progress(FleetDrain fleet)
    {
        var done = fleet.Results.Count;
        var parts = fleet.Drains.Where(static drain => drain.IsRunning).Select(static drain => new ProgressPart(
            drain.Id,
            $"{drain.ClusterName}/{drain.Node}",
            string.Create(CultureInfo.CurrentCulture, $"{drain.PodsGone:N0} of {drain.Pods:N0} pods gone") + (drain.WaitsFor is { } what ? $"; {what}" : ""),
            drain.Pods == 0 ? -1 : drain.PodsGone * 100 / drain.Pods));
        return new(string.Create(CultureInfo.CurrentCulture, $"{done:N0} of {fleet.Nodes:N0} nodes done"), done * 100 / fleet.Nodes, [.. parts]);
    }

    /// <summary>The pipeline takes nothing any more: what is cordoned is told to the user directly.</summary>
    private void TellStopped(FleetDrain fleet)
    {
        KubeDrainResult[] begun = [.. fleet.Results.Where(static result => result.StartedAt is not null && result.State != DrainState.Drained)];
        if (begun.Length == 0)
            return;
        WriteToHost($"Stopped. These nodes were being drained; Get-KubeDrain shows them, and Resume-KubeNode makes them schedulable again:");
        var cluster = begun.Max(static result => result.ClusterName.Length);
        var node = begun.Max(static result => result.Node.Length);
        foreach (var result in begun)
        {
            var remaining = result.Remaining == 1 ? "1 pod is" : string.Create(CultureInfo.CurrentCulture, $"{result.Remaining:N0} pods are");
            WriteToHost($"  {result.ClusterName.PadRight(cluster)}  {result.Node.PadRight(node)}  {(result.LeftCordoned ? "cordoned" : "schedulable")}, {remaining} left");
        }
    }
}
