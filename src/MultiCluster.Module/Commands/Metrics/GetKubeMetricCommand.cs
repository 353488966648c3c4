using System.Management.Automation;
using MultiCluster.Api.Discovery;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Metrics;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Resources;

namespace MultiCluster.Module.Commands.Metrics;

/// <summary>Shows what nodes, pods and containers use of processors and memory, beside what they may.</summary>
[Cmdlet(VerbsCommon.Get, "KubeMetric", DefaultParameterSetName = "Namespace")]
[OutputType(typeof(KubeMetric))]
public sealed class GetKubeMetricCommand : ClusterCmdlet
{
    /// <summary>Pods, the default, or nodes, in any form that <c>kubectl get</c> takes.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MetricKindCompleter))]
    public string Kind { get; set; } = "pod";

    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MetricNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Namespaces of pods; the session's when left out.</summary>
    [Parameter(ParameterSetName = "Namespace")]
    [Alias("n")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string[] Namespace { get; set; } = [];

    /// <summary>Pods of all namespaces.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "AllNamespaces")]
    [Alias("A")]
    public SwitchParameter AllNamespaces { get; set; }

    /// <summary>Label selector in Kubernetes' syntax: <c>tier=frontend,env in (prod,staging)</c>.</summary>
    [Parameter]
    [Alias("Selector", "l")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LabelSelectorCompleter))]
    public string? LabelSelector { get; set; }

    /// <summary>A row for each container of these names, with wildcards, in place of one for the pod: <c>*</c> for all.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContainerCompleter))]
    public string[] Container { get; set; } = [];

    /// <summary>How old a measurement may be before it is called stale: <c>30s</c>, <c>10m</c>; five minutes by default.</summary>
    [Parameter]
    [Duration]
    public TimeSpan MaxAge { get; set; } = MetricQuery.DefaultMaxAge;

    /// <inheritdoc/>
    [Parameter]
    public override SwitchParameter AsJob { get; set; }

    private protected override bool TakesObjects => true;

    private protected override void End()
    {
        var reader = new MetricReader(
            new MetricQuery
            {
                Nodes = IsNodes(Kind),
                Names = Name,
                Namespaces = Checked.Namespaces(Namespace),
                AllNamespaces = AllNamespaces,
                LabelSelector = Checked.Labels(LabelSelector),
                Containers = Container,
                MaxAge = MaxAge,
            },
            Time);
        var clusters = Targets();
        if (PipesObjects)
            Write(clusters, reader);
        else
            WriteOrKeep<KubeMetric>(clusters, reader.ReadAsync);
        base.End();
    }

    /// <summary>Writes what the nodes and pods that are piped in use.</summary>
    private void Write(IReadOnlyList<KubeCluster> clusters, MetricReader reader)
    {
        var measured = ReadObjects(clusters, new ReferenceQuery { Kinds = ["pods", "nodes"] }).ToLookup(static item => item.ClusterId, StringComparer.Ordinal);
        WriteOrKeep<KubeMetric>(
            [.. clusters.Where(cluster => measured.Contains(cluster.ClusterId))],
            (connection, _, call, sink, cancellationToken) => reader.WriteAsync(connection, measured[connection.Identity.ClusterId], call, sink, cancellationToken));
    }

    private static bool IsNodes(string text) => KindName.Find(text, BuiltInKinds.All) switch
    {
        { Group: "", Kind: "Node" } => true,
        { Group: "", Kind: "Pod" } => false,
        _ => throw new FaultException(FaultPhase.Invalid, $"'{text}' is not measured", "Pods and nodes are: Get-KubeMetric pod, Get-KubeMetric node. Give names with -Name."),
    };
}
