using System.Management.Automation;
using MultiCluster.Attention;
using MultiCluster.Attention.Scanning;
using MultiCluster.Inventory;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;

namespace MultiCluster.Module.Commands.Attention;

/// <summary>Finds what needs a look on every selected cluster.</summary>
[Cmdlet(VerbsCommon.Get, "KubeAttention")]
[OutputType(typeof(KubeFinding))]
public sealed class GetKubeAttentionCommand : ClusterCmdlet
{
    /// <summary>Rules, with wildcards: <c>CrashLoop</c>, <c>*Certificate</c>; all when left out. Only what they look at is read.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AttentionRuleCompleter))]
    public string[] Rule { get; set; } = [];

    /// <summary>How bad: Error, Warning, Info; all when left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public FindingSeverity[] Severity { get; set; } = [];

    /// <summary>Only what began no longer ago than this, <c>10m</c>, <c>3d4h</c>, and that of which nothing tells when it began.</summary>
    [Parameter]
    [Duration]
    public TimeSpan Since { get; set; }

    /// <summary>Namespaces, with wildcards; the whole cluster, and what belongs to no namespace, when left out.</summary>
    [Parameter]
    [Alias("n")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string[] Namespace { get; set; } = [];

    /// <summary>Shows those, too, that the preferences ignore (<c>Set-KubeCluster -IgnoreFinding</c>).</summary>
    [Parameter]
    public SwitchParameter IncludeIgnored { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public override SwitchParameter AsJob { get; set; }

    private protected override void End()
    {
        foreach (var rule in Rule)
            AttentionRules.Check(rule);
        var query = new AttentionQuery
        {
            Rules = Rule,
            Severities = Severity,
            Since = IsBound(nameof(Since)) ? Since : null,
            Scope = InventoryScope.Of(Namespace),
            IncludesIgnored = IncludeIgnored,
        };
        WriteOrKeep<KubeFinding>(Targets(), new AttentionReader(query).ReadAsync);
        base.End();
    }
}
