using System.Management.Automation;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects;

namespace MultiCluster.Module.Commands.Resources;

/// <summary>Reads Deployments from every selected cluster.</summary>
[Cmdlet(VerbsCommon.Get, "KubeDeployment", DefaultParameterSetName = "Namespace")]
[OutputType(typeof(KubeDeployment))]
public sealed class GetKubeDeploymentCommand : ReadingCmdlet;
