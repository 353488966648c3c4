using System.Management.Automation;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects;

namespace MultiCluster.Module.Commands.Resources;

/// <summary>Reads Services from every selected cluster.</summary>
[Cmdlet(VerbsCommon.Get, "KubeService", DefaultParameterSetName = "Namespace")]
[OutputType(typeof(KubeService))]
public sealed class GetKubeServiceCommand : ReadingCmdlet;
