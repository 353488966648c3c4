using System.Collections;
using System.Management.Automation;
using MultiCluster.Module.Pipeline;
using MultiCluster.Typed.Models;

namespace MultiCluster.Module.Commands.Typed;

/// <summary>Makes a model of a kind from a hashtable. Sends no request.</summary>
[Cmdlet(VerbsCommon.New, "KubeModel")]
[OutputType("k8s.IKubernetesObject")]
public sealed class NewKubeModelCommand : KubeCmdlet
{
    /// <summary>The kind: <c>Deployment</c>.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ModelKindCompleter))]
    public string Kind { get; set; } = "";

    /// <summary>The members: <c>@{ metadata = @{ name = 'web' } }</c>.</summary>
    [Parameter(Position = 1)]
    public IDictionary Member { get; set; } = new Hashtable();

    /// <summary>Group and version where a kind has several: <c>autoscaling/v1</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ApiVersion { get; set; }

    private protected override void Process()
    {
        var type = ModelStore.Of(Session.Pool).Types.Named(Kind, ApiVersion);
        WriteObject(ModelBuilder.Build(type, PlainValues.Of(Member)));
    }
}
