using MultiCluster.Module.Sessions;
using MultiCluster.Workloads;

namespace MultiCluster.Module.Completion;

/// <summary>Completes the kinds that have rollouts.</summary>
public sealed class RolloutKindCompleter : KubeCompleter
{
    private protected override Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request)
    {
        (string Kind, string Short)[] kinds = [("deployments", "deploy"), ("statefulsets", "sts"), ("daemonsets", "ds")];
        return Task.FromResult<IReadOnlyList<Suggestion>>(
            [.. kinds.Where(one => request.Fits(one.Kind) || request.Fits(one.Short)).Select(static one => new Suggestion(one.Kind, $"{one.Kind}.apps, or {one.Short}"))]);
    }
}

/// <summary>Completes names of the line's kind in its namespace, or of all kinds that have rollouts.</summary>
public sealed class RolloutNameCompleter : KubeCompleter
{
    private protected override async Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request)
    {
        var ns = NameSuggestions.NamespaceOf(request);
        IEnumerable<string> kinds = request.Kind is { } kind ? [kind] : RolloutReader.Kinds;
        var names = await Task.WhenAll(kinds.Select(one => NameSuggestions.FindAsync(session, request, one, ns))).ConfigureAwait(false);
        return [.. names.SelectMany(static one => one).DistinctBy(static one => one.Text).OrderBy(static one => one.Text, StringComparer.Ordinal)];
    }
}
