using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MultiCluster.Module.Sessions;
using MultiCluster.Terminal;

namespace MultiCluster.Module.Completion;

/// <summary>
/// What all completers keep: an answer within 300 ms, never a prompt, never an exception. An answer that takes longer goes on in the
/// background and is there for the next Tab. A text that a terminal would not show as it is (an escape sequence in a name) is not put into
/// the user's line: a wildcard reaches what bears it.
/// </summary>
public abstract class KubeCompleter : IArgumentCompleter
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    /// <summary>How long one cluster is waited for: less than the line waits, so that one which hangs withholds nothing of the others.</summary>
    internal static TimeSpan ClusterPatience { get; } = TimeSpan.FromMilliseconds(250);

    private protected KubeCompleter()
    {
    }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            var session = KubeSession.Current;
            var request = new CompletionRequest(Unquoted(wordToComplete), fakeBoundParameters, commandName);
            var work = Task.Run(() => FindAsync(session, request));
            return work.Wait(Patience) ? [.. work.Result.Where(static one => TerminalText.IsPlainLine(one.Text)).Select(Result)] : [];
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return [];
        }
    }

    private protected abstract Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request);

    private static CompletionResult Result(Suggestion suggestion) => new(
        Quoted(suggestion.Text),
        TerminalText.VisibleLine(suggestion.Label ?? suggestion.Text),
        CompletionResultType.ParameterValue,
        TerminalText.VisibleLine(suggestion.ToolTip.Length == 0 ? suggestion.Text : suggestion.ToolTip));

    private static string Unquoted(string word)
    {
        if (word is not ['\'' or '"', ..])
            return word;
        var quote = word[0];
        var text = word.Length > 1 && word[^1] == quote ? word[1..^1] : word[1..];
        return text.Replace($"{quote}{quote}", $"{quote}", StringComparison.Ordinal);
    }

    /// <summary>A text that begins with a digit or a dash is a number or a parameter to PowerShell.</summary>
    private static string Quoted(string text) =>
        text.Length > 0 && char.IsAsciiLetter(text[0]) && text.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_' or '/' or ':')
            ? text
            : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
}
