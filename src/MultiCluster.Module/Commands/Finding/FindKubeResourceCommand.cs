using System.Management.Automation;
using MultiCluster.Finding;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects;

namespace MultiCluster.Module.Commands.Finding;

/// <summary>Finds objects by name or label among all kinds of every selected cluster.</summary>
[Cmdlet(VerbsCommon.Find, "KubeResource")]
[OutputType(typeof(KubeObject))]
public sealed class FindKubeResourceCommand : ClusterCmdlet
{
    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ObjectNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Label selector in Kubernetes' syntax: <c>app.kubernetes.io/instance=payments</c>.</summary>
    [Parameter]
    [Alias("Selector", "l")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PodLabelCompleter))]
    public string? LabelSelector { get; set; }

    /// <summary>Kinds; all that can be listed when left out, but for events and measurements.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(KindCompleter))]
    public string[] Kind { get; set; } = [];

    /// <summary>Namespaces; all when left out, and what lives outside of them.</summary>
    [Parameter]
    [Alias("n")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string[] Namespace { get; set; } = [];

    /// <summary>Stops after that many objects of the whole call.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public override SwitchParameter AsJob { get; set; }

    private protected override void End()
    {
        var reader = new FindReader(new FindQuery
        {
            Names = Name,
            LabelSelector = Checked.Labels(LabelSelector),
            Kinds = Kind,
            Namespaces = Checked.Namespaces(Namespace),
            First = First == 0 ? null : First,
        });
        Read(Targets(), reader.ReadAsync, mixed: true, reader.First);
        base.End();
    }
}
