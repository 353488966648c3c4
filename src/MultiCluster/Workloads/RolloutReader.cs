using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;
using MultiCluster.Resources;

namespace MultiCluster.Workloads;

/// <summary>
/// Reads how far rollouts are; a fan-out runs it for each cluster. Its objects are <see cref="KubeRollout"/>s, or with
/// <see cref="RolloutQuery.History"/> <see cref="KubeRolloutRevision"/>s.
/// </summary>
internal sealed class RolloutReader(RolloutQuery query)
{
    /// <summary>The kinds that have rollouts.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["deployments.apps", "statefulsets.apps", "daemonsets.apps"];

    private readonly NameFilter _names = new(query.Names);

    /// <summary>Writes the rollouts of a cluster: each kind is listed once for each namespace.</summary>
    /// <param name="connection">The cluster.</param>
    /// <param name="defaultNamespace">The namespace when the query names none.</param>
    /// <param name="call">What the call brings along.</param>
    /// <param name="sink">Where they go. An exact name that no kind has is a fault there.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FaultException">The cluster does not answer.</exception>
    public async Task ReadAsync(ClusterConnection connection, string defaultNamespace, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        var part = new Part(connection, defaultNamespace, call, sink, [.. _names.Exact]);
        IReadOnlyList<string?> all = [null];
        var namespaces = query.AllNamespaces ? all : query.Namespaces.Count == 0 ? [defaultNamespace] : query.Namespaces;
        ResourceKind? kind = null;
        foreach (var text in query.Kinds.Count == 0 ? Kinds : query.Kinds)
        {
            try
            {
                kind = Checked(text, await connection.Session.Kinds.ResolveAsync(text, cancellationToken).ConfigureAwait(false));
                foreach (var ns in namespaces)
                    await ReadAsync(part, kind, ns, cancellationToken).ConfigureAwait(false);
            }
            catch (FaultException e) when (!ClusterFaults.IsOfCluster(e.Fault))
            {
                part.Missing.Clear(); // what has not been looked at may hold them
                await sink.FaultAsync(e.Fault, null, cancellationToken).ConfigureAwait(false);
            }
        }

        var one = namespaces is [{ } only] ? only : null;
        foreach (var name in _names.Exact.Where(part.Missing.Contains))
            await sink.FaultAsync(query.Kinds.Count == 1 && kind is not null ? MissingName.Fault(kind, one, name, query.LabelSelector is not null) : NoWorkload(name, one), name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes the rollouts of a cluster's workloads that were read before.</summary>
    /// <exception cref="FaultException">The cluster does not answer.</exception>
    public async Task WriteAsync(ClusterConnection connection, IEnumerable<KubeObject> workloads, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        var kept = new KeptRevisions(connection, call, sink);
        foreach (var workload in workloads)
            await WriteAsync(kept, [workload], workload.Namespace, sink, cancellationToken).ConfigureAwait(false);
    }

    private static ResourceKind Checked(string text, ResourceKind kind) => Kinds.Contains($"{kind.Plural}.{(kind.Group == "extensions" ? "apps" : kind.Group)}") ? kind : throw new FaultException(
        FaultPhase.Invalid, $"'{text}' is {kind.Kind}, which has no rollouts", "Deployments, StatefulSets and DaemonSets have them. Wait-KubeResource -ForRollout waits for other kinds, too.");

    private async Task ReadAsync(Part part, ResourceKind kind, string? ns, CancellationToken cancellationToken)
    {
        try
        {
            if (!await ListAsync(part, kind, ns, cancellationToken).ConfigureAwait(false) && ns is not null && part.Missing.Count == 0)
                await part.Namespaces.CheckAsync(part.Connection.Session.Objects, ns, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e) when (ns is null && e.Fault.Phase == FaultPhase.Forbidden)
        {
            if (!await part.Fallback.ReadAsync(e.Fault, null, part.DefaultNamespace, (one, stop) => ListAsync(part, kind, one, stop), cancellationToken).ConfigureAwait(false))
                part.Missing.Clear();
        }
    }

    /// <summary>Lists a kind, and writes what is wanted of it; false when there is nothing at all.</summary>
    private async Task<bool> ListAsync(Part part, ResourceKind kind, string? ns, CancellationToken cancellationToken)
    {
        var list = new ListQuery { Namespace = ns, Name = _names is { NeedsList: false, Exact: [var name] } ? name : null, LabelSelector = query.LabelSelector };
        var any = false;
        await foreach (var piece in part.Connection.Session.Objects.ListAsync(kind, list, part.Call, cancellationToken).ConfigureAwait(false))
        {
            any = true;
            KubeObject[] wanted = [.. piece.Where(item => _names.Matches(item.Name))];
            part.Missing.ExceptWith(wanted.Select(static item => item.Name));
            await WriteAsync(part.Kept, wanted, ns, part.Sink, cancellationToken).ConfigureAwait(false);
        }

        return any;
    }

    private async Task WriteAsync(KeptRevisions kept, IReadOnlyList<KubeObject> workloads, string? ns, FanOutSink sink, CancellationToken cancellationToken)
    {
        var rows = new List<KubeRollout>();
        var revisions = new List<KubeRolloutRevision>();
        foreach (var workload in workloads)
        {
            // A Deployment says its own revision: its ReplicaSets are asked for their history only.
            var history = query.History || workload.Kind != "Deployment" ? await kept.OfAsync(workload, ns, cancellationToken).ConfigureAwait(false) : [];
            if (query.History)
                revisions.AddRange(history);
            else
                rows.Add(new KubeRollout(workload, history));
        }

        await sink.WriteAsync(rows, cancellationToken).ConfigureAwait(false);
        await sink.WriteAsync(revisions, cancellationToken).ConfigureAwait(false);
    }

    private static Fault NoWorkload(string name, string? ns) => new()
    {
        Phase = FaultPhase.NotFound,
        Reason = "NotFound",
        Operation = $"get the rollout of {name}{(ns is null ? "" : $" in namespace {ns}")}",
        Detail = "NotFound (no Deployment, StatefulSet or DaemonSet bears the name)",
        Advice = ns is null ? "Check the name." : "Check the name and the namespace.",
    };

    /// <summary>One cluster's part of a call.</summary>
    private sealed class Part(ClusterConnection connection, string defaultNamespace, CallContext call, FanOutSink sink, HashSet<string> missing)
    {
        public ClusterConnection Connection => connection;

        public string DefaultNamespace => defaultNamespace;

        public CallContext Call => call;

        public FanOutSink Sink => sink;

        /// <summary>Exact names that no kind has had yet.</summary>
        public HashSet<string> Missing => missing;

        public KeptRevisions Kept { get; } = new(connection, call, sink);

        public MissingNamespaces Namespaces { get; } = new(call, sink);

        public NamespaceFallback Fallback { get; } = new(connection.Session.Objects, new FirstCount(null), call, sink);
    }
}
