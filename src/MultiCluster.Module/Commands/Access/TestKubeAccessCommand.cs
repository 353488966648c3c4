using System.Management.Automation;
using MultiCluster.Access;
using MultiCluster.Faults;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Resources;

namespace MultiCluster.Module.Commands.Access;

/// <summary>Tells what the user may do on every selected cluster: each verb for each kind.</summary>
[Cmdlet(VerbsDiagnostic.Test, "KubeAccess", DefaultParameterSetName = "Namespace")]
[OutputType(typeof(KubeAccess))]
public sealed class TestKubeAccessCommand : ClusterCmdlet
{
    /// <summary>Verbs: <c>get</c>, <c>list</c>, <c>watch</c>, <c>create</c>, <c>update</c>, <c>patch</c>, <c>delete</c>.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(VerbCompleter))]
    public string[] Verb { get; set; } = [];

    /// <summary>Kinds: plural, singular, kind, short name, or <c>kind.version.group</c>.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(KindCompleter))]
    public string[] Kind { get; set; } = [];

    /// <summary>One object; every object when left out.</summary>
    [Parameter(Position = 2)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ObjectNameCompleter))]
    public string? Name { get; set; }

    /// <summary>A part of the kind: <c>log</c>, <c>exec</c>, <c>eviction</c>, <c>scale</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Subresource { get; set; }

    /// <summary>Namespaces; the session's when left out.</summary>
    [Parameter(ParameterSetName = "Namespace")]
    [Alias("n")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string[] Namespace { get; set; } = [];

    /// <summary>In all namespaces at once: whether the user may everywhere.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "AllNamespaces")]
    [Alias("A")]
    public SwitchParameter AllNamespaces { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public override SwitchParameter AsJob { get; set; }

    private protected override bool TakesObjects => true;

    private protected override void End()
    {
        if (!PipesObjects && !PipesNothing && Kind.Length == 0)
            throw new FaultException(RowFaults.NoKind);
        var query = new AccessQuery
        {
            Verbs = Verb,
            Kinds = Kind,
            Name = Name,
            Subresource = Subresource,
            Namespaces = Checked.Namespaces(Namespace),
            AllNamespaces = AllNamespaces,
        };
        var clusters = Targets();
        if (PipesObjects)
        {
            query = query with
            {
                Kinds = [],
                Subjects = Identify(clusters, new ReferenceQuery { Kinds = Kind }).ToLookup(
                    static one => one.Reference.ClusterId, static one => new AccessSubject(one.Kind, one.Namespace, one.Reference.Name)),
            };
        }

        var reader = new AccessReader(query);
        WriteOrKeep<KubeAccess>(clusters, reader.ReadAsync, remarks: () => reader.Remarks);
        base.End();
    }
}
