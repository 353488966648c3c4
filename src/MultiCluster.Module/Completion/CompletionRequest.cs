using System.Collections;
using System.Management.Automation;
using MultiCluster.Clusters;
using MultiCluster.Module.Pipeline;
using MultiCluster.Module.Sessions;
using MultiCluster.Resources.Selectors;

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

    public bool Fits(string text) => _pattern.IsMatch(text);

    /// <summary>The texts that a parameter has on the line so far.</summary>
    public IReadOnlyList<string> Texts(string parameter) => bound[parameter] switch
    {
        null => [],
        string text => [text],
        IEnumerable many => [.. many.Cast<object?>().Select(one => $"{one}")],
        var other => [$"{other}"],
    };

    public bool IsOn(string parameter) => bound[parameter] is SwitchParameter { IsPresent: true } or true;

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
}
