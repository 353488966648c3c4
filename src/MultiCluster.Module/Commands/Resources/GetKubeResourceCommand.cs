using System.Management.Automation;
using MultiCluster.Faults;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Module.Commands.Resources;

/// <summary>Reads objects of any kind from every selected cluster.</summary>
[Cmdlet(VerbsCommon.Get, "KubeResource", DefaultParameterSetName = "Namespace")]
[OutputType(typeof(KubeObject))]
public sealed class GetKubeResourceCommand : ClusterCmdlet
{
    /// <summary>Kinds: plural, singular, kind, short name, or <c>kind.version.group</c>.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(KindCompleter))]
    public string[] Kind { get; set; } = [];

    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ObjectNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Namespaces; the session's when left out.</summary>
    [Parameter(ParameterSetName = "Namespace")]
    [Alias("n")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string[] Namespace { get; set; } = [];

    /// <summary>All namespaces.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "AllNamespaces")]
    [Alias("A")]
    public SwitchParameter AllNamespaces { get; set; }

    /// <summary>Label selector in Kubernetes' syntax: <c>tier=frontend,env in (prod,staging)</c>.</summary>
    [Parameter]
    [Alias("Selector", "l")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LabelSelectorCompleter))]
    public string? LabelSelector { get; set; }

    /// <summary>Field selector in Kubernetes' syntax: <c>spec.nodeName=node-7</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FieldSelectorCompleter))]
    public string? FieldSelector { get; set; }

    /// <summary>Asks for metadata only, a fraction of the bytes.</summary>
    [Parameter]
    public SwitchParameter MetadataOnly { get; set; }

    /// <summary>Stops after that many objects of the whole call.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; }

    private protected override bool TakesObjects => true;

    private protected override void End()
    {
        if (PipesObjects)
            ReadReferences(new ReferenceQuery { Kinds = Kind, MetadataOnly = MetadataOnly, First = First == 0 ? null : First });
        else if (!PipesNothing)
            ReadQuestion();
        base.End();
    }

    private void ReadQuestion()
    {
        if (Kind.Length == 0)
            throw new FaultException(RowFaults.NoKind);
        Read(new()
        {
            Kinds = Kind,
            Names = Name,
            Namespaces = Checked.Namespaces(Namespace),
            AllNamespaces = AllNamespaces,
            LabelSelector = Checked.Labels(LabelSelector),
            FieldSelector = Checked.Fields(FieldSelector),
            MetadataOnly = MetadataOnly,
            First = First == 0 ? null : First,
        });
    }
}
