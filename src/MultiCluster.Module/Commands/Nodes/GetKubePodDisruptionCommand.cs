using System.Management.Automation;
using MultiCluster.Clusters;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Nodes;
using MultiCluster.Nodes.Planning;
using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Module.Commands.Nodes;

/// <summary>Shows PodDisruptionBudgets with the pods that they select, how many may go, and why none may.</summary>
[Cmdlet(VerbsCommon.Get, "KubePodDisruption", DefaultParameterSetName = "Namespace")]
[OutputType(typeof(KubePodDisruption))]
public sealed class GetKubePodDisruptionCommand : ClusterCmdlet
{
    /// <summary>Names of budgets, with wildcards; all when left out.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(BudgetNameCompleter))]
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

    /// <inheritdoc/>
    [Parameter]
    public override SwitchParameter AsJob { get; set; }

    private protected override bool TakesObjects => true;

    private protected override void End()
    {
        var reader = new DisruptionReader(Name, Checked.Namespaces(Namespace), AllNamespaces);
        var clusters = Targets();
        if (PipesObjects)
            Write(clusters);
        else
            WriteOrKeep<KubePodDisruption>(clusters, reader.ReadAsync);
        base.End();
    }

    /// <summary>Writes the budgets that are piped in, as they are now.</summary>
    private void Write(IReadOnlyList<KubeCluster> clusters)
    {
        var budgets = ReadObjects(clusters, new ReferenceQuery { Kinds = ["poddisruptionbudgets"] }, anew: true)
            .OfType<KubePodDisruptionBudget>().ToLookup(static budget => budget.ClusterId, StringComparer.Ordinal);
        WriteOrKeep<KubePodDisruption>(
            [.. clusters.Where(cluster => budgets.Contains(cluster.ClusterId))],
            (connection, _, call, sink, cancellationToken) => DisruptionReader.WriteAsync(connection, budgets[connection.Identity.ClusterId], call, sink, cancellationToken));
    }
}
