namespace MultiCluster.Changes.Sending;

/// <summary>What the objects of one call make for the others: namespaces, and kinds that are defined.</summary>
internal sealed class SameCall
{
    private readonly HashSet<string> _namespaces = new(StringComparer.Ordinal);
    private readonly HashSet<(string Group, string Kind)> _kinds = [];

    public SameCall(IEnumerable<ObjectChange> changes)
    {
        foreach (var change in changes)
        {
            if (change is { ApiVersion: "v1", Kind: "Namespace" })
                _namespaces.Add(change.Name);
            else if (change is { Group: "apiextensions.k8s.io", Kind: "CustomResourceDefinition" } && change.Wanted["spec"u8] is { Exists: true } spec)
                _kinds.Add((spec["group"u8].AsString() ?? "", spec["names"u8]["kind"u8].AsString() ?? ""));
        }
    }

    /// <summary>Whether a kind is defined by the call itself.</summary>
    public bool Defines(string group, string kind) => _kinds.Contains((group, kind));

    /// <summary>Whether a namespace is made by the call itself.</summary>
    public bool Makes(string? ns) => ns is not null && _namespaces.Contains(ns);
}
