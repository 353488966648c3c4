using MultiCluster.Attention.Scanning;

namespace MultiCluster.Module.Completion;

/// <summary>Completes the rules of Get-KubeAttention.</summary>
public sealed class AttentionRuleCompleter() : WordCompleter([.. AttentionRules.Make().Select(static rule => (rule.Name, rule.What))]);
