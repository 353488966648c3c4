using System.Management.Automation;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Nodes;
using MultiCluster.Nodes.Planning;

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

    private protected override void End()
    {
        var reader = new DisruptionReader(Name, Checked.Namespaces(Namespace), AllNamespaces);
        Ask<KubePodDisruption>(Targets(), reader.ReadAsync);
        base.End();
    }
}
