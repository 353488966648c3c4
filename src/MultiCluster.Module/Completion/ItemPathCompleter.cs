using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MultiCluster.Module.Sessions;

namespace MultiCluster.Module.Completion;

/// <summary>Completes pods as <c>pod:</c> and <c>namespace/pod:</c>, and paths of this machine.</summary>
public sealed class ItemPathCompleter : IArgumentCompleter
{
    private readonly Pods _pods = new();

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        wordToComplete.Contains(':', StringComparison.Ordinal)
            ? CompletionCompleters.CompleteFilename(wordToComplete)
            : [.. _pods.CompleteArgument(commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters), .. CompletionCompleters.CompleteFilename(wordToComplete)];

    /// <summary>The pods.</summary>
    private sealed class Pods : KubeCompleter
    {
        private protected override async Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request)
        {
            if (request.Texts("Name").Count > 0)
                return []; // the pods are said
            var slash = request.Word.LastIndexOf('/');
            var (prefix, part) = (request.Word[..(slash + 1)], request.Word[(slash + 1)..]);
            var found = await NameSuggestions.FindAsync(session, request.For(part), "pods", slash > 0 ? prefix[..^1] : NameSuggestions.NamespaceOf(request)).ConfigureAwait(false);
            return [.. found.Select(one => one with { Text = $"{prefix}{one.Text}:" })];
        }
    }
}
