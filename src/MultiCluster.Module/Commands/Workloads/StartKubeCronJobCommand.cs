using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using MultiCluster.Changes;
using MultiCluster.Changes.Wanted;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Manifests;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Module.Views;
using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Module.Commands.Workloads;

/// <summary>Runs CronJobs now: makes the Job that each would make, as <c>kubectl create job --from</c> does.</summary>
[Cmdlet(VerbsLifecycle.Start, "KubeCronJob", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(KubeJob), typeof(KubeApplyResult))]
public sealed class StartKubeCronJobCommand : FleetChangingCmdlet
{
    /// <summary>What names of Jobs have left for the CronJob's name: 63 characters, less <c>-manual-20261128145959</c>.</summary>
    private const int LongestName = 63 - 22;

    private static readonly string[] CronJobs = ["CronJob.batch"];

    /// <summary>Names of CronJobs, with wildcards.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CronJobNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Namespaces; the session's when left out.</summary>
    [Parameter]
    [Alias("n")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string[] Namespace { get; set; } = [];

    private protected override bool TakesObjects => true;

    private protected override void End()
    {
        if (!PipesObjects && !PipesNothing && Name.Length == 0)
            throw new FaultException(FaultPhase.Invalid, "nothing says which CronJobs are meant", "Give -Name (with * for all), or pipe them in.");
        var clusters = Targets();
        ObjectChange[] changes = [.. Find(clusters).Select(ChangeOf)];
        var shown = new ShownObject(Session.Views, mixed: false);
        Change(clusters, changes, result => WriteObject(DryRun || result.Object is null ? result : shown.Of(result.Object)));
        base.End();
    }

    private IReadOnlyList<KubeObject> Find(IReadOnlyList<KubeCluster> clusters)
    {
        if (PipesObjects)
            return ReadObjects(clusters, new ReferenceQuery { Kinds = CronJobs });
        var found = new List<KubeObject>();
        if (PipesNothing)
            return found;
        var reader = new ResourceReader(new ResourceQuery { Kinds = CronJobs, Names = Name, Namespaces = Checked.Namespaces(Namespace) });
        Ask<KubeObject>(clusters, reader.ReadAsync, item =>
        {
            found.Add(item);
            return true;
        });
        Tell(reader.Remarks);
        return found;
    }

    private ObjectChange ChangeOf(KubeObject cronJob)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{cronJob.Name[..Math.Min(cronJob.Name.Length, LongestName)].TrimEnd('-', '.')}-manual-{Time.GetUtcNow():yyyyMMddHHmmss}");
        var json = JsonSerializer.SerializeToUtf8Bytes(WorkloadChange.JobOf(cronJob, name));
        return WholeChange.Create(Manifest.Of(new ObjectDocument(new($"{cronJob.ClusterName}: {cronJob.Name}", 1, 1, 1), json)), null) with { ClusterId = cronJob.ClusterId, Action = "Start" };
    }
}
