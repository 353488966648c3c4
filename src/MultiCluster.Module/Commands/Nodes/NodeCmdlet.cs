using System.Management.Automation;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Nodes;
using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Module.Commands.Nodes;

/// <summary>A cmdlet that changes nodes: named, selected by labels, or piped in.</summary>
public abstract class NodeCmdlet : ClusterCmdlet
{
    private static readonly ReferenceQuery Nodes = new() { Kinds = ["nodes"] };

    private readonly ChangeGuard _guard;
    private readonly List<KubeNode> _nodes = [];

    private protected NodeCmdlet() => _guard = new ChangeGuard(this);

    /// <summary>Names of nodes, with wildcards; <c>*</c> for all.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NodeNameCompleter))]
    public virtual string[] Name { get; set; } = [];

    /// <summary>Label selector of the nodes.</summary>
    [Parameter]
    [Alias("Selector", "l")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NodeLabelCompleter))]
    public string? LabelSelector { get; set; }

    /// <inheritdoc cref="ChangingCmdlet.AllowProtected"/>
    [Parameter]
    public SwitchParameter AllowProtected { get; set; }

    /// <inheritdoc cref="ChangingCmdlet.DryRun"/>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    /// <inheritdoc cref="ChangeGuard.MayChange"/>
    private protected bool MayChange(KubeCluster cluster, string target, string action) => _guard.MayChange(cluster, target, action, AllowProtected || DryRun);

    private protected override bool TakesObjects => true;

    /// <summary>The nodes that are meant, and their clusters: those that are piped in, or those that are found. A cluster that cannot be asked is an error.</summary>
    private protected (IReadOnlyList<KubeNode> Nodes, IReadOnlyDictionary<string, KubeCluster> Clusters) Find()
    {
        if (!PipesObjects && !PipesNothing && Name.Length == 0 && LabelSelector is null)
            throw new FaultException(FaultPhase.Invalid, "nothing says which nodes are meant", "Give -Name (with * for all) or -LabelSelector, or pipe nodes in.");
        var clusters = Targets();
        if (PipesObjects)
        {
            _nodes.AddRange(ReadObjects(clusters, Nodes).OfType<KubeNode>());
        }
        else
        {
            var finder = new NodeFinder(new NodeQuery { Names = Name, LabelSelector = Checked.Labels(LabelSelector) });
            Ask<KubeNode>(
                clusters,
                async (connection, _, call, sink, cancellationToken) =>
                    await sink.WriteAsync(await finder.FindAsync(connection, call, sink, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false),
                node =>
                {
                    _nodes.Add(node);
                    return true;
                });
            if (_nodes.Count == 0)
                TellNothingFits("node", clusters, LabelSelector);
        }

        var byId = clusters.ToDictionary(static cluster => cluster.ClusterId, StringComparer.Ordinal);
        return ([.. _nodes.Where(node => byId.ContainsKey(node.ClusterId)).DistinctBy(static node => (node.ClusterId, node.Name))], byId);
    }

    /// <summary>Cordons or uncordons the nodes that are meant. One that is so already is not written, and nothing is asked about it.</summary>
    private protected void SetUnschedulable(bool unschedulable, string action, bool shows)
    {
        var (nodes, clusters) = Find();
        foreach (var node in nodes.Where(node => node.Unschedulable == unschedulable))
        {
            WriteVerbose($"{node.ClusterName}: node {node.Name} is {(unschedulable ? "cordoned" : "schedulable")} already");
            if (shows)
                WriteObject(node);
        }

        KubeNode[] wanted = [.. nodes.Where(node => node.Unschedulable != unschedulable && MayChange(clusters[node.ClusterId], $"Node / {node.Name}", action))];
        var run = new CordonRun(wanted, unschedulable, DryRun);
        Ask<KubeNode>(
            [.. wanted.Select(node => clusters[node.ClusterId]).Distinct()],
            (connection, _, call, sink, cancellationToken) => run.SetAsync(connection, call, sink, cancellationToken),
            node =>
            {
                if (shows)
                    WriteObject(node);
                return true;
            });
    }
}
