using MultiCluster.Api.Discovery;
using MultiCluster.Api.Lists;
using MultiCluster.Caching;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Metrics;
using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;
using MultiCluster.Resources;

namespace MultiCluster.Measuring;

/// <summary>
/// Counts and adds up what is asked for; a fan-out runs it for each cluster. Its objects are <see cref="MeasurePart"/>s, one of a cluster and only
/// when it has been read to its end: a sum of half a cluster would look like one. Of kinds other than pods and nodes metadata is enough.
/// </summary>
internal sealed class MeasureReader(MeasureQuery query)
{
    private static readonly ResourceKind NodeKind = BuiltInKinds.All.First(static kind => kind is { Group: "", Kind: "Node" });

    private readonly NameFilter _names = new(query.Names);
    private readonly KindChoices _choices = new();

    /// <inheritdoc cref="ResourceReader.Remarks"/>
    public IReadOnlyList<string> Remarks => _choices.Remarks;

    /// <summary>Writes a cluster's part.</summary>
    /// <exception cref="FaultException">The cluster does not answer, or may not be read.</exception>
    public async Task ReadAsync(ClusterConnection connection, string defaultNamespace, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        var kinds = connection.Session.Kinds;
        var kind = await kinds.ResolveAsync(query.Kind, cancellationToken).ConfigureAwait(false);
        _choices.Take(query.Kind, connection.Identity, kind, kinds.Rivals(query.Kind, kind));
        if (kind is not { Group: "", Kind: "Pod" } && query.By.Any(static by => by is MeasureBy.Node or MeasureBy.Image))
            throw new FaultException(FaultPhase.Invalid, $"{kind.Plural} have neither node nor image", "Pods have: leave out -Kind, or -By Node and Image.");
        var part = new MeasurePart(query, connection.Identity);
        var place = new Place(connection, kind, call, sink, part);
        IReadOnlyList<string?> all = [null];
        foreach (var ns in !kind.Namespaced || query.AllNamespaces ? all : query.Namespaces.Count == 0 ? [defaultNamespace] : query.Namespaces)
            await ReadAsync(place, ns, defaultNamespace, cancellationToken).ConfigureAwait(false);
        if (kind is { Group: "", Kind: "Pod" } && query.AllNamespaces && query.Label is null && query is { LabelSelector: null, Names.Count: 0 })
            await AddNodesAsync(place, cancellationToken).ConfigureAwait(false);
        part.AddNone();
        await sink.WriteAsync<MeasurePart>([part], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds up objects that were read before.</summary>
    public static MeasurePart Of(MeasureQuery query, ClusterIdentity cluster, IEnumerable<KubeObject> objects)
    {
        var part = new MeasurePart(query, cluster);
        foreach (var item in objects)
            Add(part, item, null, null);
        return part;
    }

    private async Task ReadAsync(Place place, string? ns, string defaultNamespace, CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(place, ns, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e) when (ns is null && place.Kind.Namespaced && e.Fault.Phase == FaultPhase.Forbidden)
        {
            var fallback = new NamespaceFallback(place.Connection.Session.Objects, new FirstCount(null), place.Call, place.Sink);
            await fallback.ReadAsync(e.Fault, null, defaultNamespace, (one, stop) => ReadAsync(place, one, stop), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReadAsync(Place place, string? ns, CancellationToken cancellationToken)
    {
        var rich = place.Kind is { Group: "", Kind: "Pod" or "Node" };
        var list = new ListQuery { Namespace = ns, LabelSelector = query.LabelSelector, MetadataOnly = !rich };
        var (nodes, pods) = await UsageAsync(place, ns, rich, cancellationToken).ConfigureAwait(false);
        var isEmpty = true;
        await foreach (var piece in place.Lists.ListAsync(place.Kind, list, cancellationToken).ConfigureAwait(false))
        {
            isEmpty &= piece.Count == 0;
            foreach (var item in piece.Where(item => _names.Matches(item.Name)))
                Add(place.Part, item, nodes, pods);
        }

        if (isEmpty && ns is not null)
            await place.Namespaces.CheckAsync(place.Connection.Session.Objects, ns, cancellationToken).ConfigureAwait(false);
    }

    private static void Add(MeasurePart part, KubeObject item, Dictionary<string, KubeNodeMetrics>? nodes, Dictionary<(string?, string), KubePodMetrics>? pods)
    {
        switch (item)
        {
            case KubePod pod:
                part.Add(pod, pods?.GetValueOrDefault((pod.Namespace, pod.Name)));
                break;
            case KubeNode node:
                part.Add(node, nodes?.GetValueOrDefault(node.Name));
                break;
            default:
                part.Add(item);
                break;
        }
    }

    /// <summary>What is used; nothing where that is not measured, or may not be read.</summary>
    private async Task<(Dictionary<string, KubeNodeMetrics>? Nodes, Dictionary<(string?, string), KubePodMetrics>? Pods)> UsageAsync(Place place, string? ns, bool rich, CancellationToken cancellationToken)
    {
        if (!rich)
            return default;
        var usage = new UsageReader(place.Connection, place.Call);
        try
        {
            return place.Kind.Kind == "Node"
                ? ((await usage.NodesAsync(query.LabelSelector, cancellationToken).ConfigureAwait(false)).ToDictionary(static one => one.Name, StringComparer.Ordinal), null)
                : (null, (await usage.PodsAsync(ns, query.LabelSelector, cancellationToken).ConfigureAwait(false)).ToDictionary(static one => (one.Namespace, one.Name)));
        }
        catch (FaultException e) when (e.Fault.Phase is FaultPhase.KindNotFound or FaultPhase.Forbidden or FaultPhase.Server)
        {
            place.Part.IsMeasured = false;
            place.Call.Say?.Invoke($"usage is not added up: {e.Fault.Detail}");
            return default;
        }
    }

    private static async Task AddNodesAsync(Place place, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var piece in place.Lists.ListAsync(NodeKind, new ListQuery(), cancellationToken).ConfigureAwait(false))
            {
                foreach (var node in piece.OfType<KubeNode>())
                    place.Part.AddAllocatable(node);
            }
        }
        catch (FaultException e) when (e.Fault.Phase == FaultPhase.Forbidden)
        {
            place.Call.Say?.Invoke($"what the nodes have is not added up: {e.Fault.Detail}");
        }
    }

    /// <summary>One cluster's part of a call.</summary>
    private sealed record Place(ClusterConnection Connection, ResourceKind Kind, CallContext Call, FanOutSink Sink, MeasurePart Part)
    {
        public LiveLists Lists { get; } = new(Connection, Call);

        public MissingNamespaces Namespaces { get; } = new(Call, Sink);
    }
}
