using MultiCluster.Objects.Selectors;

namespace MultiCluster.Attention.Scanning;

/// <summary>
/// What the preferences of a cluster ignore: rules by their names, <c>Restarts</c>, and of some objects only behind a colon,
/// <c>NotReady:kube-system/*</c>, <c>Certificate:Secret/web/old-*</c>. Both halves are patterns.
/// </summary>
internal sealed class IgnoredFindings
{
    private readonly (NamePattern Rule, NamePattern? Object)[] _ignored;

    /// <summary>Those that texts name.</summary>
    public IgnoredFindings(IReadOnlyList<string> texts) => _ignored = [.. texts.Select(Parse)];

    /// <summary>The half of a text that names rules.</summary>
    public static string RuleOf(string text) => text.Split(':', 2)[0].Trim();

    /// <summary>True when a finding is ignored.</summary>
    public bool Has(KubeFinding finding)
    {
        foreach (var (rule, item) in _ignored)
        {
            if (rule.IsMatch(finding.Rule) && (item is null || item.IsMatch(finding.Object) || item.IsMatch(Place(finding))))
                return true;
        }

        return false;
    }

    /// <summary>The object without its kind.</summary>
    private static string Place(KubeFinding finding) => finding.Namespace is null ? $"{finding.Name}" : $"{finding.Namespace}/{finding.Name}";

    private static (NamePattern Rule, NamePattern? Object) Parse(string text) =>
        (new(RuleOf(text)), text.Split(':', 2) is [_, var item] ? new NamePattern(item.Trim()) : null);
}
