using System.Collections.Concurrent;
using MultiCluster.Api.Discovery;
using MultiCluster.Api.Lists;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Clusters;

/// <summary>
/// Names of one cluster's objects, and other words of theirs (labels, containers, reasons), for completion: asked for once, kept for half
/// a minute, and shared by all who ask meanwhile.
/// </summary>
internal sealed class NameCache(ClusterConnection connection, TimeProvider time)
{
    private const int Most = 2000;
    private const string Namespaces = "namespaces";
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<(string What, string? Namespace), Entry> _lists = new();

    /// <summary>Gives the objects of a kind, in a namespace or in all, that an upper floor has in memory; null when it has none.</summary>
    public Func<string, string?, IReadOnlyList<KubeObject>?>? Memory { get; set; }

    /// <summary>The names of a kind in a namespace, or in all.</summary>
    /// <exception cref="FaultException">The cluster fails.</exception>
    public Task<IReadOnlyList<string>> OfAsync(string kind, string? ns) =>
        Kept((kind, ns), () => kind == Namespaces ? NamespacesAsync() : ListAsync(kind, ns, metadataOnly: true, static item => [item.Name]));

    /// <summary>The names of the containers of the pods in a namespace, or in all; each once.</summary>
    /// <exception cref="FaultException">The cluster fails.</exception>
    public Task<IReadOnlyList<string>> OfContainersAsync(string? ns) =>
        Kept(("containers", ns), () => ListAsync("pods", ns, metadataOnly: false, static pod => [.. pod.SpecJson["containers"u8].AsTexts("name"u8), .. pod.SpecJson["initContainers"u8].AsTexts("name"u8)]));

    /// <summary>The labels of a kind's objects in a namespace, or in all, as <c>key=value</c>; each once.</summary>
    /// <exception cref="FaultException">The cluster fails.</exception>
    public Task<IReadOnlyList<string>> OfLabelsAsync(string kind, string? ns) =>
        Kept(("labels of " + kind, ns), () => ListAsync(kind, ns, metadataOnly: true, static item => LabelsOf(item)));

    /// <summary>The reasons of the events in a namespace, or in all; each once.</summary>
    /// <exception cref="FaultException">The cluster fails.</exception>
    public Task<IReadOnlyList<string>> OfReasonsAsync(string? ns) =>
        Kept(("reasons", ns), () => ListAsync("events", ns, metadataOnly: false, static item => item is KubeEvent { Reason: { Length: > 0 } reason } ? [reason] : []));

    /// <summary>Words that an upper floor asks for, kept in the same way.</summary>
    /// <param name="key">What they are, and of which namespace.</param>
    /// <param name="list">Asks for them.</param>
    public Task<IReadOnlyList<string>> Kept((string What, string? Namespace) key, Func<Task<IReadOnlyList<string>>> list)
    {
        if (_lists.TryGetValue(key, out var known) && time.GetUtcNow() < known.Until && !known.Names.IsFaulted && !known.Names.IsCanceled)
            return known.Names;
        var entry = new Entry(list(), time.GetUtcNow() + Lifetime);
        _lists[key] = entry;
        return entry.Names;
    }

    /// <summary>Where namespaces are forbidden, OpenShift's Projects are those that the user may see.</summary>
    private async Task<IReadOnlyList<string>> NamespacesAsync()
    {
        try
        {
            return await ListAsync(Namespaces, null, metadataOnly: true, static item => [item.Name]).ConfigureAwait(false);
        }
        catch (FaultException e) when (e.Fault.Phase == FaultPhase.Forbidden)
        {
            return await ListAsync($"{Projects.Kind.Plural}.{Projects.Kind.Group}", null, metadataOnly: true, static item => [item.Name]).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<string>> ListAsync(string text, string? ns, bool metadataOnly, Func<KubeObject, IEnumerable<string>> names)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        if (Memory?.Invoke(text, ns) is { } known)
        {
            found.UnionWith(known.SelectMany(names));
            return [.. found];
        }

        using var use = connection.Use();
        var session = connection.Session;
        var kind = await session.Kinds.ResolveAsync(text, connection.Disconnected).ConfigureAwait(false);
        var query = new ListQuery { Namespace = ns, MetadataOnly = metadataOnly, First = Most };
        await foreach (var piece in session.Objects.ListAsync(kind, query, CallContext.Default, connection.Disconnected).ConfigureAwait(false))
            found.UnionWith(piece.SelectMany(names));
        return [.. found];
    }

    private static List<string> LabelsOf(KubeObject item)
    {
        var labels = new List<string>();
        foreach (var label in item.LabelsJson.Members)
            labels.Add($"{label.Name}={label.Value.AsText()}");
        return labels;
    }

    private sealed record Entry(Task<IReadOnlyList<string>> Names, DateTimeOffset Until);
}
