using System.Management.Automation;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects;

namespace MultiCluster.Module.Commands.Resources;

/// <summary>Reads ConfigMaps from every selected cluster.</summary>
[Cmdlet(VerbsCommon.Get, "KubeConfigMap", DefaultParameterSetName = "Namespace")]
[OutputType(typeof(KubeConfigMap))]
public sealed class GetKubeConfigMapCommand : ReadingCmdlet;
