using System.Management.Automation;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects;

namespace MultiCluster.Module.Commands.Resources;

/// <summary>Reads Jobs from every selected cluster.</summary>
[Cmdlet(VerbsCommon.Get, "KubeJob", DefaultParameterSetName = "Namespace")]
[OutputType(typeof(KubeJob))]
public sealed class GetKubeJobCommand : ReadingCmdlet;
