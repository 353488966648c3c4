using MultiCluster.Api.Discovery;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;
using MultiCluster.Resources;

namespace MultiCluster.Metrics;

/// <summary>
/// Reads what nodes or pods use beside what they may; a fan-out runs it for each cluster. Its objects are <see cref="KubeMetric"/>s. Pods that
/// have ended use nothing and have no row, unless they are asked for by name.
/// </summary>
internal sealed class MetricReader(MetricQuery query, TimeProvider time)
{
    /// <summary>From so many objects of one place on, a list costs less than asking for each.</summary>
    private const int Crowd = 5;

    private static readonly ResourceKind NodeKind = BuiltInKinds.All.First(static kind => kind is { Group: "", Kind: "Node" });
    private static readonly ResourceKind PodKind = BuiltInKinds.All.First(static kind => kind is { Group: "", Kind: "Pod" });

    private readonly NameFilter _names = new(query.Names);
    private readonly NameFilter _containers = new(query.Containers);

    private ListQuery List => new() { LabelSelector = query.LabelSelector };

    /// <summary>Writes a cluster's rows.</summary>
    /// <param name="connection">The cluster.</param>
    /// <param name="defaultNamespace">The namespace when the query names none.</param>
    /// <param name="call">What the call brings along.</param>
    /// <param name="sink">Where they go. An exact name that is not there is a fault there, and so are objects whose requests may not be read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FaultException">The cluster has no metrics-server, or does not answer.</exception>
    public async Task ReadAsync(ClusterConnection connection, string defaultNamespace, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        var part = new Part(connection, call, sink, Rows(connection), [.. _names.Exact]);
        if (query.Nodes)
        {
            await NodesAsync(part, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            IReadOnlyList<string?> all = [null];
            foreach (var ns in query.AllNamespaces ? all : query.Namespaces.Count == 0 ? [defaultNamespace] : query.Namespaces)
                await PodsAsync(part, ns, defaultNamespace, cancellationToken).ConfigureAwait(false);
        }

        var where = query is { Nodes: false, AllNamespaces: false } ? query.Namespaces.Count == 0 ? defaultNamespace : query.Namespaces is [var only] ? only : null : null;
        foreach (var name in _names.Exact.Where(part.Missing.Contains))
            await sink.FaultAsync(MissingName.Fault(query.Nodes ? NodeKind : PodKind, where, name, query.LabelSelector is not null), name, cancellationToken).ConfigureAwait(false);
        await RemarkAsync(part, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes the rows of a cluster's nodes and pods that were read before.</summary>
    /// <exception cref="FaultException">The cluster has no metrics-server, or does not answer.</exception>
    public async Task WriteAsync(ClusterConnection connection, IEnumerable<KubeObject> read, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        var part = new Part(connection, call, sink, Rows(connection), []);
        foreach (var place in read.GroupBy(static item => (item.Kind, item.Namespace)))
        {
            var items = place.ToList();
            if (items[0] is KubeNode)
            {
                var used = items.Count < Crowd ? [] : await part.Usage.NodesAsync(null, cancellationToken).ConfigureAwait(false);
                var byName = used.ToDictionary(static one => one.Name, StringComparer.Ordinal);
                foreach (var node in items.OfType<KubeNode>())
                    await sink.WriteAsync<KubeMetric>([part.Rows.Of(node, items.Count < Crowd ? await part.Usage.NodeAsync(node.Name, cancellationToken).ConfigureAwait(false) : byName.GetValueOrDefault(node.Name))], cancellationToken).ConfigureAwait(false);
            }
            else
            {
                var used = items.Count < Crowd ? [] : await part.Usage.PodsAsync(place.Key.Namespace, null, cancellationToken).ConfigureAwait(false);
                var byName = used.ToDictionary(static one => one.Name, StringComparer.Ordinal);
                foreach (var pod in items.OfType<KubePod>())
                    await sink.WriteAsync<KubeMetric>([.. part.Rows.Of(pod, items.Count < Crowd ? await part.Usage.PodAsync(pod.Namespace, pod.Name, cancellationToken).ConfigureAwait(false) : byName.GetValueOrDefault(pod.Name))], cancellationToken).ConfigureAwait(false);
            }
        }

        await RemarkAsync(part, cancellationToken).ConfigureAwait(false);
    }

    private MetricRows Rows(ClusterConnection connection) => new(connection.Identity, _containers, query.MaxAge, time);

    private static async Task RemarkAsync(Part part, CancellationToken cancellationToken)
    {
        if (part.Rows.Remark is { } remark)
            await part.Sink.RemarkAsync(remark, cancellationToken).ConfigureAwait(false);
    }

    private async Task NodesAsync(Part part, CancellationToken cancellationToken)
    {
        var used = (await part.Usage.NodesAsync(query.LabelSelector, cancellationToken).ConfigureAwait(false)).ToDictionary(static one => one.Name, StringComparer.Ordinal);
        await foreach (var piece in part.Connection.Session.Objects.ListAsync(NodeKind, List, part.Call, cancellationToken).ConfigureAwait(false))
        {
            KubeNode[] wanted = [.. piece.OfType<KubeNode>().Where(node => _names.Matches(node.Name))];
            part.Missing.ExceptWith(wanted.Select(static node => node.Name));
            await part.Sink.WriteAsync<KubeMetric>([.. wanted.Select(node => part.Rows.Of(node, used.GetValueOrDefault(node.Name)))], cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task PodsAsync(Part part, string? ns, string defaultNamespace, CancellationToken cancellationToken)
    {
        try
        {
            if (!await ReadPodsAsync(part, ns, cancellationToken).ConfigureAwait(false) && ns is not null && part.Missing.Count == 0)
                await part.Namespaces.CheckAsync(part.Connection.Session.Objects, ns, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e) when (ns is null && e.Fault.Phase == FaultPhase.Forbidden)
        {
            if (!await part.Fallback.ReadAsync(e.Fault, null, defaultNamespace, (one, stop) => ReadPodsAsync(part, one, stop), cancellationToken).ConfigureAwait(false))
                part.Missing.Clear(); // what has not been looked at may hold them
        }
        catch (FaultException e) when (ns is not null && e.Fault.Phase == FaultPhase.Forbidden)
        {
            part.Missing.Clear();
            await part.Sink.FaultAsync(e.Fault, null, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes the pods of a namespace, or with null of the cluster; false when there is none.</summary>
    private async Task<bool> ReadPodsAsync(Part part, string? ns, CancellationToken cancellationToken)
    {
        // Nothing is said of pods when the cluster does not measure them, so that the measurements come first.
        var used = (await part.Usage.PodsAsync(ns, query.LabelSelector, cancellationToken).ConfigureAwait(false)).ToDictionary(static one => (one.Namespace, one.Name));
        var any = used.Count > 0;
        try
        {
            await foreach (var piece in part.Connection.Session.Objects.ListAsync(PodKind, List with { Namespace = ns }, part.Call, cancellationToken).ConfigureAwait(false))
            {
                any = true;
                KubePod[] wanted = [.. piece.OfType<KubePod>().Where(pod => _names.Matches(pod.Name))];
                part.Missing.ExceptWith(wanted.Select(static pod => pod.Name));
                await WriteAsync(part, wanted.Where(IsShown).SelectMany(pod => part.Rows.Of(pod, used.GetValueOrDefault((pod.Namespace, pod.Name)))), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (FaultException e) when (ns is not null && e.Fault.Phase == FaultPhase.Forbidden)
        {
            // Their usage may be read, and what they request may not.
            KubePodMetrics[] wanted = [.. used.Values.Where(one => _names.Matches(one.Name))];
            part.Missing.ExceptWith(wanted.Select(static one => one.Name));
            await WriteAsync(part, wanted.SelectMany(one => part.Rows.Of(null, one)), cancellationToken).ConfigureAwait(false);
            await part.Sink.FaultAsync(e.Fault, null, cancellationToken).ConfigureAwait(false);
        }

        return any;
    }

    private bool IsShown(KubePod pod) => pod.Phase is not ("Succeeded" or "Failed") || _names.Exact.Contains(pod.Name);

    private static ValueTask WriteAsync(Part part, IEnumerable<KubeMetric> rows, CancellationToken cancellationToken) => part.Sink.WriteAsync<KubeMetric>([.. rows], cancellationToken);

    /// <summary>One cluster's part of a call.</summary>
    private sealed class Part(ClusterConnection connection, CallContext call, FanOutSink sink, MetricRows rows, HashSet<string> missing)
    {
        public ClusterConnection Connection => connection;

        public CallContext Call => call;

        public FanOutSink Sink => sink;

        public MetricRows Rows => rows;

        /// <summary>Exact names that have not been seen yet.</summary>
        public HashSet<string> Missing => missing;

        public UsageReader Usage { get; } = new(connection, call);

        public MissingNamespaces Namespaces { get; } = new(call, sink);

        public NamespaceFallback Fallback { get; } = new(connection.Session.Objects, new FirstCount(null), call, sink);
    }
}
