using MultiCluster.Faults;
using MultiCluster.Inventory;
using MultiCluster.Objects;

namespace MultiCluster.Attention;

/// <summary>One cluster being looked at by rules, and what they have found.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="rules">The rules, made for it.</param>
/// <param name="now">The time at which it is looked at.</param>
internal sealed class AttentionScan(ClusterIdentity cluster, IReadOnlyList<AttentionRule> rules, DateTimeOffset now)
{
    private readonly List<KubeFinding> _findings = [];
    private Func<string, bool> _hasSeen = static _ => true;
    private PodGlance? _pod;

    /// <summary>The time at which the cluster is looked at.</summary>
    public DateTimeOffset Now => now;

    /// <summary>The server's version: <c>v1.33.1</c>; null where it is not known.</summary>
    public string? Version { get; private set; }

    /// <summary>To when the server's certificate is good; null where it showed none.</summary>
    public DateTimeOffset? ServerCertificateExpires { get; private set; }

    /// <summary>To when the client certificate of the login is good; null where it has none.</summary>
    public DateTimeOffset? ClientCertificateExpires { get; private set; }

    /// <summary>What was found, the worst first.</summary>
    public IReadOnlyList<KubeFinding> Findings =>
    [
        .. _findings.OrderByDescending(static one => one.Severity).ThenBy(static one => one.Rule, StringComparer.Ordinal)
            .ThenBy(static one => one.Namespace, StringComparer.Ordinal).ThenBy(static one => one.Name, StringComparer.Ordinal),
    ];

    /// <summary>Has the inventory show the rules what they look at.</summary>
    public void Join(ClusterInventory inventory)
    {
        foreach (var rule in rules)
        {
            foreach (var kind in rule.Kinds)
                inventory.Look(kind, item => rule.Look(item, this));
        }

        _hasSeen = inventory.HasSeen;
    }

    /// <summary>Everything has been looked at.</summary>
    public void Conclude(string? version, DateTimeOffset? serverCertificate, DateTimeOffset? clientCertificate)
    {
        Version = version;
        ServerCertificateExpires = serverCertificate;
        ClientCertificateExpires = clientCertificate;
        foreach (var rule in rules)
            rule.Conclude(this);
    }

    /// <summary>What rules look at in a pod. They see it one after the other, and it is read for all of them.</summary>
    public PodGlance Glance(KubePod pod) => _pod is { } last && ReferenceEquals(last.Pod, pod) ? last : _pod = new(pod);

    /// <summary>Whether all of a kind could be read: what was not shown is not there.</summary>
    public bool HasSeen(string resource) => _hasSeen(resource);

    /// <summary>Whether a state that began then goes on for longer than a grace; true where nobody knows when it began.</summary>
    public bool IsPast(DateTimeOffset? since, TimeSpan grace) => since is null || now - since >= grace;

    /// <summary>Something was found about an object.</summary>
    public void Add(AttentionRule rule, FindingSeverity severity, KubeObject item, DateTimeOffset? since, string reason) =>
        Add(rule, severity, FindingSubject.Of(item), since, reason);

    /// <summary>Something was found.</summary>
    public void Add(AttentionRule rule, FindingSeverity severity, FindingSubject subject, DateTimeOffset? since, string reason) => _findings.Add(new KubeFinding
    {
        ClusterId = cluster.ClusterId,
        ClusterName = cluster.ClusterName,
        Severity = severity,
        Rule = rule.Name,
        ApiVersion = subject.ApiVersion,
        Kind = subject.Kind,
        Namespace = subject.Namespace,
        Name = subject.Name,
        Uid = subject.Uid,
        Since = since?.LocalDateTime,
        Reason = reason,
    });
}
