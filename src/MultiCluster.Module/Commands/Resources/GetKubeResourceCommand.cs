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
public sealed class GetKubeResourceCommand : ReadingCmdlet
{
    /// <summary>Kinds: plural, singular, kind, short name, or <c>kind.version.group</c>.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(KindCompleter))]
    public string[] Kind { get; set; } = [];

    /// <inheritdoc/>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ObjectNameCompleter))]
    public override string[] Name { get; set; } = [];

    private protected override IReadOnlyList<string> Kinds => Kind;

    private protected override ResourceQuery Query() => Kind.Length == 0 ? throw new FaultException(RowFaults.NoKind) : base.Query();
}
