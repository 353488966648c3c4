using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Resources;

/// <summary>
/// What the clusters of one call take the kinds for that are asked for: a short name may mean one kind here and another there, and rows of two
/// kinds in one answer must not come without a word.
/// </summary>
internal sealed class KindChoices
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<Choice>> _choices = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _told = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A sentence for each name that means several kinds.</summary>
    public IReadOnlyList<string> Remarks
    {
        get
        {
            lock (_gate)
                return [.. _choices.Where(static pair => IsAmbiguous(pair.Value)).Select(static pair => Sentence(pair.Key, pair.Value))];
        }
    }

    /// <summary>A cluster takes a name for a kind.</summary>
    /// <param name="text">The kind as it was asked for.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="taken">The kind.</param>
    /// <param name="rivals">Other kinds of the cluster that are called so.</param>
    public void Take(string text, ClusterIdentity cluster, ResourceKind taken, IReadOnlyList<ResourceKind> rivals)
    {
        lock (_gate)
        {
            if (!_choices.TryGetValue(text, out var choices))
                _choices[text] = choices = [];
            choices.Add(new(cluster, taken, rivals));
        }
    }

    /// <summary>The sentence of a name that has turned out to mean several kinds, the first time that it is asked for: for a call without an end.</summary>
    public string? Tell(string text)
    {
        lock (_gate)
            return _choices.TryGetValue(text, out var choices) && IsAmbiguous(choices) && _told.Add(text) ? Sentence(text, choices) : null;
    }

    private static bool IsAmbiguous(List<Choice> choices) =>
        choices.Exists(static choice => choice.Rivals.Count > 0) || choices.DistinctBy(static choice => (choice.Taken.Group, choice.Taken.Kind)).Skip(1).Any();

    private static string Sentence(string text, List<Choice> choices)
    {
        var taken = choices.GroupBy(static choice => choice.Taken.Resource, static choice => choice.Cluster.ClusterName, StringComparer.Ordinal)
            .OrderBy(static group => group.Key, StringComparer.Ordinal).ToArray();
        var others = choices.SelectMany(static choice => choice.Rivals).Select(static kind => kind.Resource).Distinct(StringComparer.Ordinal)
            .Except(taken.Select(static group => group.Key), StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var meanings = taken.Select(static group => $"{group.Key} on {NameList.Of([.. group.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)])}");
        var more = others.Length == 0 ? "" : $", and could mean {NameList.Of(others)}";
        return $"'{text}' means {string.Join(", and ", meanings)}{more}. Choose one by its group: {string.Join(" or ", taken.Select(static group => group.Key).Concat(others))}.";
    }

    private sealed record Choice(ClusterIdentity Cluster, ResourceKind Taken, IReadOnlyList<ResourceKind> Rivals);
}
