using System.Management.Automation;
using MultiCluster.Inventory;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Overview;

namespace MultiCluster.Module.Commands.Overview;

/// <summary>Shows every selected cluster at a glance, also those that do not answer.</summary>
[Cmdlet(VerbsCommon.Get, "KubeOverview")]
[OutputType(typeof(KubeOverview), typeof(KubeNamespaceOverview))]
public sealed class GetKubeOverviewCommand : ClusterCmdlet
{
    /// <summary>Namespaces that have a row each, with wildcards; the whole cluster in one row when left out.</summary>
    [Parameter(Position = 0)]
    [Alias("n")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string[] Namespace { get; set; } = [];

    /// <inheritdoc/>
    [Parameter]
    public override SwitchParameter AsJob { get; set; }

    private protected override void End()
    {
        var query = new OverviewQuery { Scope = InventoryScope.Of(Namespace) };
        var clusters = Targets();
        WriteOrKeep<object>(clusters, new OverviewReader(query, Connections(clusters)).ReadAsync);
        base.End();
    }
}
