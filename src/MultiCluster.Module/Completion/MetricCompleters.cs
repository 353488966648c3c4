using MultiCluster.Module.Sessions;

namespace MultiCluster.Module.Completion;

/// <summary>Completes what Get-KubeMetric measures.</summary>
public sealed class MetricKindCompleter() : WordCompleter(("pod", "what pods and containers use of what they request"), ("node", "what nodes use of what they have"));

/// <summary>Completes names of pods in the line's namespace, or of nodes where the line says so.</summary>
public sealed class MetricNameCompleter : KubeCompleter
{
    private protected override Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request) =>
        request.Kind is { } kind && kind.StartsWith("no", StringComparison.OrdinalIgnoreCase)
            ? NameSuggestions.FindAsync(session, request, "nodes", ns: null)
            : NameSuggestions.FindAsync(session, request, "pods", NameSuggestions.NamespaceOf(request));
}
