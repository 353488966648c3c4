using System.Management.Automation;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects;

namespace MultiCluster.Module.Commands.Resources;

/// <summary>Reads nodes from every selected cluster.</summary>
[Cmdlet(VerbsCommon.Get, "KubeNode")]
[OutputType(typeof(KubeNode))]
public sealed class GetKubeNodeCommand : ReadingCmdlet
{
    /// <summary>No parameter here: nodes live outside namespaces.</summary>
    public override string[] Namespace { get; set; } = [];

    /// <inheritdoc cref="Namespace"/>
    public override SwitchParameter AllNamespaces { get; set; }
}
