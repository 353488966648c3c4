using System.Management.Automation;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects;

namespace MultiCluster.Module.Commands.Resources;

/// <summary>Reads Ingresses from every selected cluster.</summary>
[Cmdlet(VerbsCommon.Get, "KubeIngress", DefaultParameterSetName = "Namespace")]
[OutputType(typeof(KubeIngress))]
public sealed class GetKubeIngressCommand : ReadingCmdlet;
