using MultiCluster.Helm;
using MultiCluster.Module.Sessions;

namespace MultiCluster.Module.Completion;

/// <summary>Completes names of Helm's releases in the line's namespace.</summary>
public sealed class HelmReleaseCompleter : KubeCompleter
{
    private protected override Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request) =>
        NameSuggestions.FindAsync(session, request, NameSuggestions.NamespaceOf(request), ReleaseNames.OfAsync);
}
