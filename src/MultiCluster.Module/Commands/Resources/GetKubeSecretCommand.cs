using System.Management.Automation;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects;

namespace MultiCluster.Module.Commands.Resources;

/// <summary>Reads Secrets from every selected cluster.</summary>
[Cmdlet(VerbsCommon.Get, "KubeSecret", DefaultParameterSetName = "Namespace")]
[OutputType(typeof(KubeSecret))]
public sealed class GetKubeSecretCommand : ReadingCmdlet;
