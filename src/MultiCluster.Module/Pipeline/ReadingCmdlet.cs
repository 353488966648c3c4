using System.Management.Automation;
using MultiCluster.Module.Completion;
using MultiCluster.Resources;

namespace MultiCluster.Module.Pipeline;

/// <summary>A cmdlet that reads objects: which ones, in the pipeline or as a job. The kind is that of the class which it says that it writes.</summary>
public abstract class ReadingCmdlet : ClusterCmdlet
{
    private protected ReadingCmdlet()
    {
    }

    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ObjectNameCompleter))]
    public virtual string[] Name { get; set; } = [];

    /// <summary>Namespaces; the session's when left out. No parameter of kinds that live outside namespaces.</summary>
    [Parameter(ParameterSetName = "Namespace")]
    [Alias("n")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public virtual string[] Namespace { get; set; } = [];

    /// <summary>All namespaces. No parameter of kinds that live outside namespaces.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "AllNamespaces")]
    [Alias("A")]
    public virtual SwitchParameter AllNamespaces { get; set; }

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

    /// <summary>Answers from the live caches of Enable-KubeCache, without a request; what has no cache is read from its cluster, and that is said.</summary>
    [Parameter]
    public SwitchParameter Cached { get; set; }

    /// <summary>Stops after that many objects of the whole call.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public sealed override SwitchParameter AsJob { get; set; }

    /// <summary>The kinds, as people write them.</summary>
    private protected virtual IReadOnlyList<string> Kinds => [OwnKind.Of(GetType())];

    private protected override bool TakesObjects => true;

    private protected override void End()
    {
        if (PipesObjects)
            ReadReferences(new ReferenceQuery { Kinds = Kinds, MetadataOnly = MetadataOnly, Cached = Cached, First = First == 0 ? null : First });
        else if (!PipesNothing)
            Read(Query());
        base.End();
    }

    private protected virtual ResourceQuery Query() => new()
    {
        Kinds = Kinds,
        Names = Name,
        Namespaces = Checked.Namespaces(Namespace),
        AllNamespaces = AllNamespaces,
        LabelSelector = Checked.Labels(LabelSelector),
        FieldSelector = Checked.Fields(FieldSelector),
        MetadataOnly = MetadataOnly,
        Cached = Cached,
        First = First == 0 ? null : First,
    };
}
