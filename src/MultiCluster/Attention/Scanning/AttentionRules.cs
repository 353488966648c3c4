using MultiCluster.Attention.Rules;
using MultiCluster.Faults;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Attention.Scanning;

/// <summary>All rules.</summary>
internal static class AttentionRules
{
    /// <summary>The rules, made for one cluster.</summary>
    public static IReadOnlyList<AttentionRule> Make() =>
    [
        new CrashLoopRule(),
        new ImagePullRule(),
        new PendingRule(),
        new NotReadyRule(),
        new RestartsRule(),
        new FailedJobRule(),
        new ReplicasRule(),
        new RolloutRule(),
        new ClaimRule(),
        new NodeReadyRule(),
        new NodePressureRule(),
        new BudgetRule(),
        new QuotaRule(),
        new ServiceEndpointsRule(),
        new IngressBackendRule(),
        new CertificateRule(),
        new WebhookCertificateRule(),
        new LoginCertificateRule(),
        new DeletionRule(),
        new DeprecatedApiRule(),
        new ClusterOperatorRule(),
    ];

    /// <summary>Those that names and patterns mean; all when there is none.</summary>
    /// <exception cref="FaultException">A name means none (Invalid).</exception>
    public static IReadOnlyList<AttentionRule> Make(IReadOnlyList<string> names)
    {
        if (names.Count == 0)
            return Make();
        foreach (var name in names)
            Check(name);
        var patterns = names.Select(static name => new NamePattern(name)).ToArray();
        return [.. Make().Where(rule => patterns.Any(pattern => pattern.IsMatch(rule.Name)))];
    }

    /// <summary>Says so when a name means no rule.</summary>
    /// <exception cref="FaultException">It means none (Invalid).</exception>
    public static void Check(string name)
    {
        var pattern = new NamePattern(name);
        var rules = Make();
        if (!rules.Any(rule => pattern.IsMatch(rule.Name)))
            throw new FaultException(FaultPhase.Invalid, $"there is no rule '{name}'", $"The rules are {string.Join(", ", rules.Select(static rule => rule.Name))}.");
    }
}
