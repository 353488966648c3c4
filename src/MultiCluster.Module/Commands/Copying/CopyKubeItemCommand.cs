using System.Globalization;
using System.Management.Automation;
using MultiCluster.Clusters;
using MultiCluster.Copying;
using MultiCluster.Faults;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;

namespace MultiCluster.Module.Commands.Copying;

/// <summary>Copies files and folders between this machine and pods of every selected cluster.</summary>
[Cmdlet(VerbsCommon.Copy, "KubeItem", SupportsShouldProcess = true)]
[OutputType(typeof(KubeCopyResult))]
public sealed class CopyKubeItemCommand : PodCmdlet
{
    /// <summary>What is copied: <c>[namespace/]pod:path</c>, a path of this machine, or with pods that are said otherwise a path in these.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ItemPathCompleter))]
    public string[] Path { get; set; } = [];

    /// <summary>Where to. A folder that is there, or a path with a slash at its end, takes what is copied under its own name.</summary>
    [Parameter(Position = 1, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ItemPathCompleter))]
    public string Destination { get; set; } = "";

    /// <summary>
    /// Names of pods, or <c>kind/name</c> of what has pods: <c>deployment/web</c>, <c>job/backup</c>, <c>service/web</c>, <c>node/worker-1</c>.
    /// With wildcards.
    /// </summary>
    [Parameter]
    [Alias("Pod")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PodNameCompleter))]
    public override string[] Name { get; set; } = [];

    /// <summary>Copies into the pods. Without it, pods that are said by <see cref="Name"/>, a selector or the pipeline are copied out of.</summary>
    [Parameter]
    public SwitchParameter ToPod { get; set; }

    /// <summary>Overwrites files of this machine that are read-only.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Seconds for which nothing may come or go before a pod's copy counts as stalled; 30 by default.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public override int TimeoutSec { get; set; } = 30;

    /// <inheritdoc/>
    [Parameter]
    public sealed override SwitchParameter AsJob { get; set; }

    private protected override void End()
    {
        Run();
        base.End();
    }

    private void Run()
    {
        if (PipesNothing)
            return;
        var sides = CopySides.Of(Path, Destination, Name.Length > 0 || LabelSelector is not null || FieldSelector is not null || PipesObjects, ToPod);
        if (sides.Namespace is not null && (IsBound(nameof(Namespace)) || AllNamespaces))
            throw new FaultException(FaultPhase.Invalid, $"the path says namespace {sides.Namespace}, and a parameter says another", "Say the namespace once.");
        var local = new LocalPaths(this);
        if ((sides.ToPods ? local.Sources(sides.Sources) : sides.Sources) is not { Count: > 0 } sources)
            return; // the errors have said why
        var (clusters, objects) = Meant();
        if (PipesObjects && objects.Count == 0)
            return;
        var query = new CopyQuery
        {
            Names = sides.Pod is { } pod ? [pod] : Name,
            Objects = objects,
            Namespaces = Checked.Namespaces(sides.Namespace is { } ns ? [ns] : Namespace),
            AllNamespaces = AllNamespaces,
            LabelSelector = Checked.Labels(LabelSelector),
            FieldSelector = Checked.Fields(FieldSelector),
            Container = Container,
            Sources = sources,
            Destination = sides.ToPods ? sides.Destination : local.Destination(sides.Destination),
            ToPods = sides.ToPods,
            FolderForEachPod = sides.Pod is null || WildcardPattern.ContainsWildcardCharacters(sides.Pod) || AllNamespaces || Namespace.Length > 1 || clusters.Count > 1,
            Force = Force,
            Silence = TimeSpan.FromSeconds(TimeoutSec),
        };
        Copy(new CopyCall(query, [.. clusters.Select(static cluster => cluster.ClusterName)], Time, Cancellation), clusters, sides.Pod is null ? PodsInWords(objects) : $"Pod {string.Join('/', new[] { sides.Namespace, sides.Pod }.OfType<string>())}");
    }

    private void Copy(CopyCall call, IReadOnlyList<KubeCluster> clusters, string pods)
    {
        Tell(call.Tree?.Skipped.All.Select(static one => $"{one.Path} was skipped: {one.Reason}.") ?? []);
        var action = $"Copy {string.Join(", ", call.Query.Sources)} to {call.Query.Destination}";

        // What is in pods is changed when something goes into them; what goes out of them asks as any file that is written here.
        var allowed = call.Query.ToPods ? Allowed(clusters, pods, action) : [.. clusters.Where(cluster => ShouldProcess($"{cluster.ClusterName} / {pods}", action))];
        if (AsJob && allowed.Count > 0)
        {
            StartJob<KubeCopyResult>(
                allowed,
                call.RunAsync,
                static (job, item) =>
                {
                    job.Take(item);
                    return true;
                },
                ended: call.Dispose);
            return;
        }

        using (call)
        {
            Ask<KubeCopyResult>(allowed, call.RunAsync, progress: () => Progress(call));
            if (allowed.Count > 0 && call.NothingFits)
                TellNothingFits("pod", allowed, LabelSelector, FieldSelector);
        }
    }

    private static ProgressState? Progress(CopyCall call)
    {
        var (pods, done, moved) = call.Counts;
        var percent = call.Tree is { Bytes: > 0 } tree && pods > 0 ? (int)Math.Min(100, moved * 100.0 / tree.Bytes / pods) : done * 100 / Math.Max(1, pods);
        return new(string.Create(CultureInfo.CurrentCulture, $"{CopySize.Of(moved, CultureInfo.CurrentCulture)}, done with {done:N0} of {pods:N0} pods"), percent);
    }
}
