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
internal sealed class CompletionRequest(string word, IDictionary bound)
{
    private readonly NamePattern _pattern = new(word + "*");

    /// <summary>What stands at the cursor, without quotes.</summary>
    public string Word => word;

    /// <summary>Whether a text goes on from the word as it stands, or fits it with its wildcards.</summary>
    public bool Fits(string text) => text.StartsWith(word, StringComparison.OrdinalIgnoreCase) || _pattern.IsMatch(text);

    /// <summary>The texts that a parameter has on the line so far.</summary>
    public IReadOnlyList<string> Texts(string parameter) => TextsOf(bound[parameter]);

    public bool IsOn(string parameter) => bound[parameter] is SwitchParameter { IsPresent: true } or true;

    /// <summary>Full paths of the line's <c>-Kubeconfig</c>, from where the session stands: asked of PowerShell when this is made, on its own thread.</summary>
    public IReadOnlyList<string> Kubeconfig { get; } = [.. TextsOf(bound["Kubeconfig"]).Select(FullPath)];

    /// <summary>The clusters that the line's <c>-Cluster</c> means; all selected ones without it.</summary>
    public IReadOnlyList<KubeCluster> Clusters(KubeSession session) =>
        session.Pool.Selected.Count == 0
            ? []
            : ClusterTargets.Resolve(session.Pool, bound["Cluster"] switch
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
