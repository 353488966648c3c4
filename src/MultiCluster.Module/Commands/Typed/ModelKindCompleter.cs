using MultiCluster.Module.Completion;
using MultiCluster.Module.Sessions;
using MultiCluster.Typed.Models;

namespace MultiCluster.Module.Commands.Typed;

/// <summary>Completes the kinds that have a model.</summary>
public sealed class ModelKindCompleter : KubeCompleter
{
    private protected override Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request) =>
        Task.FromResult<IReadOnlyList<Suggestion>>([.. ModelStore.Of(session.Pool).Types.Kinds().Where(request.Fits).Select(static kind => new Suggestion(kind, kind))]);
}
