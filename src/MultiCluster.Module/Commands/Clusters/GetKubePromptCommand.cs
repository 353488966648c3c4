using System.Management.Automation;
using MultiCluster.Module.Pipeline;
using MultiCluster.Module.Views;

namespace MultiCluster.Module.Commands.Clusters;

/// <summary>Returns what a prompt says of the selection: a few names, which of them are not Ready, and the namespace. Asks nobody and waits for nothing.</summary>
[Cmdlet(VerbsCommon.Get, "KubePrompt")]
[OutputType(typeof(string))]
public sealed class GetKubePromptCommand : KubeCmdlet
{
    /// <summary>How many clusters are named; of more than that, the first one and the number of the others. 2 by default.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(1, 100)]
    public int Most { get; set; } = 2;

    /// <summary>What the text begins with; an empty text for nothing.</summary>
    [Parameter]
    [AllowEmptyString]
    public string Symbol { get; set; } = "⎈";

    private protected override void End() => WriteObject(PromptText.Of(Session.Pool, Symbol, Most));
}
