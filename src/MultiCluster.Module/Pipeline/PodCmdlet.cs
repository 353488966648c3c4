using System.Management.Automation;
using MultiCluster.Clusters;
using MultiCluster.Module.Completion;
using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Module.Pipeline;

/// <summary>A cmdlet that does something in pods: which ones, and whether it may on a protected cluster.</summary>
public abstract class PodCmdlet : ClusterCmdlet
{
    private readonly ChangeGuard _guard;

    private protected PodCmdlet() => _guard = new ChangeGuard(this);

    /// <summary>
    /// Names of pods, or <c>kind/name</c> of what has pods: <c>deployment/web</c>, <c>job/backup</c>, <c>service/web</c>, <c>node/worker-1</c>.
    /// With wildcards.
    /// </summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PodNameCompleter))]
    public virtual string[] Name { get; set; } = [];

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

    /// <summary>The container; the one that kubectl takes when left out.</summary>
    [Parameter]
    [Alias("c")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContainerCompleter))]
    public virtual string? Container { get; set; }

    /// <summary>Treats protected clusters as all others: stands for the answer to the question that they ask.</summary>
    [Parameter]
    public SwitchParameter AllowProtected { get; set; }

    private protected override bool TakesObjects => true;

    private protected override IReadOnlyList<string> Narrowing => [nameof(LabelSelector), nameof(FieldSelector)];

    /// <summary>Which pods are meant, in words: <c>deployment/web</c>, <c>pods with app=web</c>, <c>3 pods</c>.</summary>
    private protected string PodsInWords(IReadOnlyCollection<KubeObject> piped)
    {
        if (piped.Count > 0)
            return piped.Count == 1 ? $"{piped.First()}" : $"{piped.Count} objects";
        string[] parts = [.. Name, .. new[] { LabelSelector, FieldSelector }.OfType<string>().Select(static selector => $"pods with {selector}")];
        return string.Join(", ", parts);
    }

    /// <summary>The objects that were piped in, and the clusters that are meant: theirs, or those of the call.</summary>
    private protected (IReadOnlyList<KubeCluster> Clusters, IReadOnlyList<KubeObject> Objects) Meant()
    {
        var clusters = Targets();
        if (!PipesObjects)
            return (clusters, []);
        var objects = ReadObjects(clusters, new ReferenceQuery { DefaultKind = "pods" });
        var asked = objects.Select(static item => item.ClusterId).ToHashSet();
        return ([.. clusters.Where(cluster => asked.Contains(cluster.ClusterId))], objects);
    }

    /// <summary>Those of the clusters on which it may be done, as <c>-WhatIf</c>, <c>-Confirm</c> and their protection have it.</summary>
    /// <param name="clusters">The clusters.</param>
    /// <param name="pods">In which pods.</param>
    /// <param name="action">What.</param>
    /// <param name="dryRun">Whether nothing is changed, so that nothing is asked about a protected cluster.</param>
    private protected IReadOnlyList<KubeCluster> Allowed(IReadOnlyList<KubeCluster> clusters, string pods, string action, bool dryRun = false) =>
        [.. clusters.Where(cluster => _guard.MayChange(cluster, pods, action, AllowProtected || dryRun))];
}
