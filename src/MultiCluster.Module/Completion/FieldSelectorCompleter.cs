using MultiCluster.Api.Discovery;
using MultiCluster.Module.Sessions;

namespace MultiCluster.Module.Completion;

/// <summary>Completes a field selector for the line's kind: the fields that servers select by, and after an operator their values where these are known.</summary>
public class FieldSelectorCompleter : KubeCompleter
{
    private protected override async Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request)
    {
        if (SelectorWord.Parse(request.Word) is not { After: "" } word || KindOf(request) is not { } kind)
            return [];
        var fields = SelectableFields.Of(PluralOf(session, request, kind));
        var part = request.For(word.Part);
        if (word.Key is null)
            return [.. fields.Where(field => part.Fits(field.Name)).Select(static field => new Suggestion(field.Name, field.What)).Select(word.With)];
        if (fields.FirstOrDefault(field => field.Name == word.Key) is not { } known)
            return [];
        var ns = NameSuggestions.NamespaceOf(request);
        var values = known.NamesOf switch
        {
            null => [.. known.Values.Where(part.Fits).Select(value => new Suggestion(value, $"{known.Name}: {known.What}"))],
            SelectableFields.OwnNames => await NameSuggestions.FindAsync(session, part, kind, ns).ConfigureAwait(false),
            SelectableFields.Reasons => await NameSuggestions.FindAsync(session, part, ns, static (names, of) => names.OfReasonsAsync(of)).ConfigureAwait(false),
            var other => await NameSuggestions.FindAsync(session, part, other, other is "nodes" or "namespaces" ? null : ns).ConfigureAwait(false),
        };
        return [.. values.Select(word.With)];
    }

    /// <summary>The kind whose fields are meant.</summary>
    private protected virtual string? KindOf(CompletionRequest request) => request.Kind;

    /// <summary>The plural, with its group, of a kind as people write it; from what is known at once.</summary>
    private static string PluralOf(KubeSession session, CompletionRequest request, string kind)
    {
        var kinds = request.Clusters(session) is [var cluster, ..] ? cluster.Connection!.Session.Kinds.Known : BuiltInKinds.All;
        return (KindName.Find(kind, kinds) ?? KindName.Find(kind, BuiltInKinds.All))?.Resource ?? kind;
    }
}

/// <summary>Completes field selectors of pods.</summary>
public sealed class PodFieldCompleter : FieldSelectorCompleter
{
    private protected override string KindOf(CompletionRequest request) => "pods";
}
