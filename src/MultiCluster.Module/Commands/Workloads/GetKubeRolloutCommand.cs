using System.Management.Automation;
using MultiCluster.Clusters;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Resources;
using MultiCluster.Workloads;

namespace MultiCluster.Module.Commands.Workloads;

/// <summary>Shows how far the rollouts of Deployments, StatefulSets and DaemonSets are, or their revisions.</summary>
[Cmdlet(VerbsCommon.Get, "KubeRollout", DefaultParameterSetName = "Namespace")]
[OutputType(typeof(KubeRollout), typeof(KubeRolloutRevision))]
public sealed class GetKubeRolloutCommand : ClusterCmdlet
{
    /// <summary>Deployments, StatefulSets or DaemonSets, in any form that <c>kubectl get</c> takes; all three when left out.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RolloutKindCompleter))]
    public string[] Kind { get; set; } = [];

    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RolloutNameCompleter))]
    public string[] Name { get; set; } = [];

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

    /// <summary>Label selector in Kubernetes' syntax: <c>tier=frontend,env in (prod,staging)</c>.</summary>
    [Parameter]
    [Alias("Selector", "l")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LabelSelectorCompleter))]
    public string? LabelSelector { get; set; }

    /// <summary>Writes the revisions, each as a row of its own, in place of the rollouts.</summary>
    [Parameter]
    public SwitchParameter History { get; set; }

    private protected override bool TakesObjects => true;

    private protected override void End()
    {
        var reader = new RolloutReader(new RolloutQuery
        {
            Kinds = Kind,
            Names = Name,
            Namespaces = Checked.Namespaces(Namespace),
            AllNamespaces = AllNamespaces,
            LabelSelector = Checked.Labels(LabelSelector),
            History = History,
        });
        var clusters = Targets();
        if (PipesObjects)
            Write(clusters, reader);
        else
            Ask<object>(clusters, reader.ReadAsync);
        base.End();
    }

    /// <summary>Writes the rollouts of the workloads that are piped in, as they are now.</summary>
    private void Write(IReadOnlyList<KubeCluster> clusters, RolloutReader reader)
    {
        var workloads = ReadObjects(clusters, new ReferenceQuery { Kinds = Kind.Length == 0 ? RolloutReader.Kinds : Kind }, anew: true)
            .ToLookup(static workload => workload.ClusterId, StringComparer.Ordinal);
        Ask<object>(
            [.. clusters.Where(cluster => workloads.Contains(cluster.ClusterId))],
            (connection, _, call, sink, cancellationToken) => reader.WriteAsync(connection, workloads[connection.Identity.ClusterId], call, sink, cancellationToken));
    }
}
