using System.Collections;
using System.Collections.Specialized;
using System.Diagnostics.CodeAnalysis;
using MultiCluster.Faults;
using MultiCluster.Objects.Json;

namespace MultiCluster.Objects.Trees;

/// <summary>
/// An object as plain data that may be changed at will: <c>$tree.spec.replicas = 3</c>, <c>$tree.metadata.labels.'a/b' = 'x'</c>, also members
/// that are not there yet. Below it are tables of this kind, arrays, texts, numbers and booleans, and nothing else. It remembers the
/// cluster that it came from, which is no entry and is sent nowhere.
/// </summary>
[SuppressMessage("Design", "CA1010", Justification = "It is what PowerShell calls [ordered], whose entries have any key.")]
public sealed class KubeTree : OrderedDictionary, IEnumerable
{
    internal KubeTree(StringComparer names, ClusterIdentity? cluster)
        : base(names) => Cluster = cluster;

    /// <summary>The object that it was copied from, as that was; null when it was copied from none, and in the tables of a tree.</summary>
    internal KubeObject? Original { get; init; }

    /// <summary>The id of the cluster that it was read from; null when it was not, and in the tables of a tree.</summary>
    public string? ClusterId => Cluster?.ClusterId;

    /// <summary>The name of that cluster.</summary>
    public string? ClusterName => Cluster?.ClusterName;

    internal ClusterIdentity? Cluster { get; }

    /// <summary>What PowerShell shows. Whoever asks for a dictionary's entries gets those.</summary>
    IEnumerator IEnumerable.GetEnumerator()
    {
        foreach (DictionaryEntry entry in (IDictionary)this)
            yield return new KubeMapEntry($"{entry.Key}", entry.Value);
    }

    /// <summary>The table on one line.</summary>
    public override string ToString() => InlineText.Of(this);
}
