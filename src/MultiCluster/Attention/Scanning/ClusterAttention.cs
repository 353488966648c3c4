using MultiCluster.Clusters;
using MultiCluster.Inventory;

namespace MultiCluster.Attention.Scanning;

/// <summary>One cluster looked at by the rules that are wanted, together with whatever else an inventory is read for.</summary>
internal sealed class ClusterAttention
{
    private readonly ClusterConnection _connection;
    private readonly AttentionQuery _query;
    private readonly IReadOnlyList<AttentionRule> _rules;
    private readonly AttentionScan _scan;

    /// <summary>Has the inventory show the rules what they look at.</summary>
    public ClusterAttention(ClusterConnection connection, AttentionQuery query, ClusterInventory inventory)
    {
        _connection = connection;
        _query = query;
        _rules = AttentionRules.Make(query.Rules);
        _scan = new AttentionScan(connection.Identity, _rules, connection.Time.GetUtcNow());
        _scan.Join(inventory);
    }

    /// <summary>The rules that look at one of these kinds, and therefore miss something where it could not be read.</summary>
    public IReadOnlyList<string> RulesOf(string resource) => [.. _rules.Where(rule => rule.Kinds.Any(kind => kind.Resource == resource)).Select(static rule => rule.Name)];

    /// <summary>The inventory has been read: the findings that are wanted, the worst first.</summary>
    /// <param name="isWhole">False when the cluster failed before all was read: nothing can be told then from what was not there.</param>
    public IReadOnlyList<KubeFinding> Conclude(bool isWhole)
    {
        if (isWhole)
            _scan.Conclude(_connection.Version, Utc(_connection.Telemetry?.CertificateExpires), Utc(_connection.ClientCertificateExpires));
        var ignored = new IgnoredFindings(_connection.Preferences.IgnoreFinding);
        return [.. _scan.Findings.Select(finding => ignored.Has(finding) ? finding with { Ignored = true } : finding).Where(IsWanted)];
    }

    private bool IsWanted(KubeFinding finding) =>
        (_query.IncludesIgnored || !finding.Ignored)
        && (_query.Severities.Count == 0 || _query.Severities.Contains(finding.Severity))
        && (_query.Since is not { } span || finding.Since is not { } since || _scan.Now - new DateTimeOffset(since) <= span)
        && (_query.Scope.IsCluster || finding.Kind is not null);

    private static DateTimeOffset? Utc(DateTime? local) => local is { } time ? new DateTimeOffset(time) : null;
}
