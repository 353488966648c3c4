using System.Collections;
using System.Management.Automation;
using MultiCluster.Clusters;
using MultiCluster.Module.Pipeline;
using MultiCluster.Module.Sessions;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Module.Completion;

/// <summary>One suggestion.</summary>
/// <param name="Text">What is put into the line.</param>
/// <param name="ToolTip">What explains it.</param>
/// <param name="Label">What the list shows, when it is not the text.</param>
internal sealed record Suggestion(string Text, string ToolTip, string? Label = null);

/// <summary>What is being completed, and what the line says so far.</summary>
internal sealed class CompletionRequest
{
    private readonly NamePattern _pattern;
    private readonly IDictionary _bound;
    private readonly string _command;

    /// <summary>Made on PowerShell's own thread, which is asked where the line's files are.</summary>
    /// <param name="word">What stands at the cursor, without quotes.</param>
    /// <param name="bound">What the line says so far.</param>
    /// <param name="command">The line's command.</param>
    public CompletionRequest(string word, IDictionary bound, string command)
        : this(word, bound, command, [.. TextsOf(bound["Kubeconfig"]).Select(FullPath)])
    {
    }

    private CompletionRequest(string word, IDictionary bound, string command, IReadOnlyList<string> kubeconfig)
    {
        _command = command;
        Word = word;
        Kubeconfig = kubeconfig;
        _bound = bound;
        _pattern = new(word + "*");
    }

    /// <summary>What stands at the cursor, without quotes.</summary>
    public string Word { get; }

    /// <summary>Full paths of the line's <c>-Kubeconfig</c>, from where the session stands.</summary>
    public IReadOnlyList<string> Kubeconfig { get; }

    /// <summary>The kind that the line is about: the first that it names, or its command's own.</summary>
    public string? Kind => Texts("Kind") is [var kind, ..] ? kind : OwnKind.Of(_command);

    /// <summary>The same line, for a part of its word.</summary>
    public CompletionRequest For(string part) => new(part, _bound, _command, Kubeconfig);

    /// <summary>Whether a text goes on from the word as it stands, or fits it with its wildcards.</summary>
    public bool Fits(string text) => text.StartsWith(Word, StringComparison.OrdinalIgnoreCase) || _pattern.IsMatch(text);

    /// <summary>The texts that a parameter has on the line so far.</summary>
    public IReadOnlyList<string> Texts(string parameter) => TextsOf(_bound[parameter]);

    public bool IsOn(string parameter) => _bound[parameter] is SwitchParameter { IsPresent: true } or true;

    /// <summary>The clusters that the line's <c>-Cluster</c> means; all selected ones without it.</summary>
    public IReadOnlyList<KubeCluster> Clusters(KubeSession session) =>
        session.Pool.Selected.Count == 0
            ? []
            : ClusterTargets.Resolve(session.Pool, _bound["Cluster"] switch
            {
                null => [],
                object[] many => TargetValues.Of(many),
                var one => TargetValues.Of([one]),
            }).Clusters;

    private static IReadOnlyList<string> TextsOf(object? value) => value switch
    {
        null => [],
        string text => [text],
        IEnumerable many => [.. many.Cast<object?>().Select(static one => $"{one}")],
        var other => [$"{other}"],
    };

    private static string FullPath(string path)
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        return shell.AddScript("$ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($args[0])").AddArgument(path).Invoke<string>()[0];
    }
}
