using System.Globalization;
using MultiCluster.Clusters;
using MultiCluster.Terminal;

namespace MultiCluster.Module.Views;

/// <summary>The selection in a few words, from what is known at the moment: <c>⎈ prod-eu,prod-us!:web </c>, with the space that sets it apart.</summary>
internal static class PromptText
{
    private const string Default = "default";

    /// <summary>The text; empty when nothing is selected.</summary>
    /// <param name="pool">The session's clusters.</param>
    /// <param name="symbol">What it begins with.</param>
    /// <param name="most">How many clusters are named.</param>
    public static string Of(ClusterPool pool, string symbol, int most)
    {
        var selected = pool.Selected;
        if (selected.Count == 0)
            return "";
        var names = selected.Count <= most
            ? string.Join(',', selected.Select(static cluster => $"{cluster.ShortName}{Mark(cluster.State)}"))
            : string.Create(CultureInfo.InvariantCulture, $"{selected[0].ShortName}{Mark(selected[0].State)} +{selected.Count - 1}{WorstOf(selected.Skip(1))}");
        return TerminalText.VisibleLine($"{(symbol.Length == 0 ? "" : symbol + " ")}{names}{NamespaceOf(pool, selected)} ");
    }

    /// <summary>Nothing for one that answers, a question mark before anything is known, an exclamation mark for trouble.</summary>
    private static string Mark(ClusterState state) => state switch
    {
        ClusterState.Ready => "",
        ClusterState.Connecting => "?",
        _ => "!",
    };

    private static string WorstOf(IEnumerable<KubeCluster> clusters)
    {
        var marks = clusters.Select(static cluster => Mark(cluster.State)).ToHashSet(StringComparer.Ordinal);
        return marks.Contains("!") ? "!" : marks.Contains("?") ? "?" : "";
    }

    /// <summary>The namespace that all of them have, unless it is the default one.</summary>
    private static string NamespaceOf(ClusterPool pool, IReadOnlyList<KubeCluster> selected)
    {
        var first = pool.Namespaces.For(selected[0]);
        return first != Default && selected.All(cluster => pool.Namespaces.For(cluster) == first) ? $":{first}" : "";
    }
}
