using System.Management.Automation;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects;

namespace MultiCluster.Module.Commands.Resources;

/// <summary>Reads pods from every selected cluster.</summary>
[Cmdlet(VerbsCommon.Get, "KubePod", DefaultParameterSetName = "Namespace")]
[OutputType(typeof(KubePod))]
public sealed class GetKubePodCommand : ReadingCmdlet;
