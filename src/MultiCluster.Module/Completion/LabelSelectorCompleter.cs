using MultiCluster.Module.Sessions;

namespace MultiCluster.Module.Completion;

/// <summary>Completes a label selector for the line's kind: keys, and after an operator the values that the clusters' objects have.</summary>
public class LabelSelectorCompleter : KubeCompleter
{
    private protected override async Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request)
    {
        if (SelectorWord.Parse(request.Word) is not { } word || KindOf(request) is not { } kind)
            return [];
        var start = word.Key is null ? "" : word.Key + "=";
        var part = request.For(word.Part);
        var found = await NameSuggestions.FindAsync(session, part, NamespaceOf(request), async (names, ns) =>
        [
            .. (await names.OfLabelsAsync(kind, ns).ConfigureAwait(false))
                .Where(label => label.StartsWith(start, StringComparison.Ordinal))
                .Select(label => word.Key is null ? label[..label.IndexOf('=', StringComparison.Ordinal)] : label[start.Length..])
                .Where(static text => text.Length > 0).Distinct(),
        ]).ConfigureAwait(false);
        return [.. found.Select(word.With)];
    }

    /// <summary>The kind whose labels are meant.</summary>
    private protected virtual string? KindOf(CompletionRequest request) => request.Kind;

    /// <summary>The namespace; null for all, empty for the session's.</summary>
    private protected virtual string? NamespaceOf(CompletionRequest request) => NameSuggestions.NamespaceOf(request);
}

/// <summary>Completes label selectors of nodes.</summary>
public sealed class NodeLabelCompleter : LabelSelectorCompleter
{
    private protected override string KindOf(CompletionRequest request) => "nodes";

    private protected override string? NamespaceOf(CompletionRequest request) => null;
}

/// <summary>Completes label selectors of namespaces.</summary>
public sealed class NamespaceLabelCompleter : LabelSelectorCompleter
{
    private protected override string KindOf(CompletionRequest request) => "namespaces";

    private protected override string? NamespaceOf(CompletionRequest request) => null;
}

/// <summary>Completes label selectors of pods in the line's namespace.</summary>
public sealed class PodLabelCompleter : LabelSelectorCompleter
{
    private protected override string KindOf(CompletionRequest request) => "pods";
}

/// <summary>Completes label selectors of pods in all namespaces.</summary>
public sealed class AnyPodLabelCompleter : LabelSelectorCompleter
{
    private protected override string KindOf(CompletionRequest request) => "pods";

    private protected override string? NamespaceOf(CompletionRequest request) => null;
}
