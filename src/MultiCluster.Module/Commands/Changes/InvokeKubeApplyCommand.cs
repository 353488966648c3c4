using System.Management.Automation;
using MultiCluster.Api.Writes;
using MultiCluster.Changes;
using MultiCluster.Changes.Wanted;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;
using MultiCluster.Resources;

namespace MultiCluster.Module.Commands.Changes;

/// <summary>Applies manifests to many clusters, server-side: objects become what the manifests say of them, cluster batch by cluster batch.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "KubeApply", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = FromPath)]
[OutputType(typeof(KubeApplyResult))]
public sealed class InvokeKubeApplyCommand : ManifestCmdlet
{
    private const string FromPath = "Path";
    private const string FromLiteralPath = "LiteralPath";

    private bool _yesToAll;
    private bool _noToAll;

    /// <summary>Files, and folders whose .yaml, .yml and .json files are read; wildcards too.</summary>
    [Parameter(Position = 0, ParameterSetName = FromPath)]
    [FileNames]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Files and folders by their exact names.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromLiteralPath)]
    [FileNames]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Reads the folders in folders, too.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>The namespace of objects that name none; the session's when left out.</summary>
    [Parameter]
    [Alias("n")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string? Namespace { get; set; }

    /// <summary>Takes fields from the managers that own them; without it that is a conflict, and nothing of the object is changed.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Removes what earlier applies of this module have made and this one does not: of the same kinds, namespaces and labels. Asks about each. Needs -LabelSelector.</summary>
    [Parameter]
    public SwitchParameter Prune { get; set; }

    /// <summary>The labels of the objects that belong together: only such are pruned.</summary>
    [Parameter]
    [Alias("Selector", "l")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LabelSelectorCompleter))]
    public string? LabelSelector { get; set; }

    private protected override bool ReadsFoldersInFolders => Recurse;

    private protected override void Begin()
    {
        base.Begin();
        if (Prune && LabelSelector is null)
            throw new FaultException(FaultPhase.Invalid, "-Prune removes what has the labels of -LabelSelector, and none are given", "Give -LabelSelector, as app=shop.");
        Checked.Labels(LabelSelector);
        if (Namespace is not null)
            ResourceName.CheckNamespace(Namespace);
        Input.TakePaths(Path, isLiteral: false);
    }

    private protected override void Process()
    {
        Input.TakePaths(LiteralPath, isLiteral: true);
        base.Process();
    }

    private protected override void End()
    {
        var given = Given();
        if (given.Count == 0 && !IsBound(nameof(Path)) && !IsBound(nameof(LiteralPath)) && !MyInvocation.ExpectingInput)
            throw new FaultException(FaultPhase.Invalid, "nothing says what is to be applied", "Give -Path, or pipe YAML, files or objects in.");
        if (given.Count > 0)
            Apply([.. given.Select(one => ApplyChange.Of(one.Manifest, Namespace, Force) with { ClusterId = one.ClusterId, Uid = one.Original?.Uid })]);
        base.End();
    }

    private void Apply(IReadOnlyList<ObjectChange> changes)
    {
        var clusters = TargetsOf(changes);
        var pruned = Prune ? FindPruned(clusters, changes) : [];
        var failed = Change(clusters, changes);
        if (pruned.Count > 0)
            Remove(clusters.Where(cluster => !failed.Contains(cluster.ClusterId)), pruned);
    }

    /// <summary>What would go, in whatever cluster; the user is asked about each.</summary>
    private List<KubeObject> FindPruned(IReadOnlyList<KubeCluster> clusters, IReadOnlyList<ObjectChange> changes)
    {
        var found = new List<KubeObject>();
        Ask<KubeObject>(clusters, new PruneSearch(changes, LabelSelector!).FindAsync, item =>
        {
            found.Add(item);
            return true;
        });
        var byId = clusters.ToDictionary(static cluster => cluster.ClusterId, StringComparer.Ordinal);
        return IsWhatIf ? found : [.. found.Where(item => MayPrune(byId[item.ClusterId], item))];
    }

    private bool MayPrune(KubeCluster cluster, KubeObject item)
    {
        var target = item.Namespace is null ? $"{item.Kind} / {item.Name}" : $"{item.Kind} / {item.Namespace} / {item.Name}";
        if (!MayChange(cluster, target, "Remove, which is no longer applied,"))
            return false;

        // An apply asks nothing by itself, and a removal does, as Remove-KubeResource. -Confirm has its say, and a protected cluster has asked.
        var isAsked = IsBound("Confirm") || DryRun || (cluster.Protected && !AllowProtected) || GetVariableValue("ConfirmPreference") is not ConfirmImpact.High;
        return isAsked || MayRemove($"{cluster.ClusterName} / {target}");
    }

    private bool MayRemove(string target)
    {
        try
        {
            return ShouldContinue($"Remove {target}, which is no longer applied?", "Prune", ref _yesToAll, ref _noToAll);
        }
        catch (Exception e) when (Asking.FindsNobody(e))
        {
            throw new FaultException(
                FaultPhase.Invalid, $"{target} is no longer applied, and nobody can be asked whether it may be removed", "Repeat the command with -Confirm:$false if it is meant; -WhatIf shows what would go.");
        }
    }

    private void Remove(IEnumerable<KubeCluster> clusters, List<KubeObject> pruned)
    {
        KubeCluster[] having = [.. clusters.Where(cluster => pruned.Exists(item => item.ClusterId == cluster.ClusterId))];
        var remover = new ObjectRemover(new RemoveQuery { Objects = pruned, Propagation = DeletePropagation.Background, DryRun = DryRun || IsWhatIf });
        Ask<KubeRemoval>(
            having,
            (connection, _, call, sink, cancellationToken) => remover.RemoveAsync(connection, call, sink, cancellationToken),
            removal =>
            {
                WriteObject(new KubeApplyResult
                {
                    ClusterId = removal.ClusterId,
                    ClusterName = removal.ClusterName,
                    ApiVersion = removal.ApiVersion,
                    Kind = removal.Kind,
                    Namespace = removal.Namespace,
                    Name = removal.Name,
                    Uid = removal.Uid,
                    Outcome = ChangeOutcome.Pruned,
                    Message = removal.Outcome == DeleteOutcome.Terminating ? "It is going." : null,
                    DryRun = removal.DryRun,
                });
                return true;
            });
    }
}
