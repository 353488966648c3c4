using System.Management.Automation;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Module.Commands.Clusters;

/// <summary>Lists the namespaces of each cluster.</summary>
[Cmdlet(VerbsCommon.Get, "KubeNamespace")]
[OutputType(typeof(KubeNamespace))]
public sealed class GetKubeNamespaceCommand : ClusterCmdlet
{
    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Label selector in Kubernetes' syntax.</summary>
    [Parameter]
    [Alias("Selector", "l")]
    [ArgumentCompleter(typeof(NamespaceLabelCompleter))]
    public string? LabelSelector { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public override SwitchParameter AsJob { get; set; }

    private protected override bool TakesObjects => true;

    private protected override void End()
    {
        if (PipesObjects)
        {
            ReadReferences(new ReferenceQuery { Kinds = ["namespaces"] });
            base.End();
            return;
        }

        var reader = new NamespaceReader(Name, Checked.Labels(LabelSelector));
        Read(Targets(), (connection, _, call, sink, cancellationToken) => reader.ReadAsync(connection, call, sink, cancellationToken), mixed: false);
        base.End();
    }
}
