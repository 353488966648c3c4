using System.Management.Automation;
using MultiCluster.Api.Discovery;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Module.Pipeline;

/// <summary>What is piped in: clusters, objects, and rows that lead to them.</summary>
public abstract partial class ClusterCmdlet
{
    /// <summary>What asks for objects, and therefore goes with clusters, and not with objects that are piped in.</summary>
    private static readonly string[] Questions = ["Name", "Namespace", "AllNamespaces", "LabelSelector", "FieldSelector"];

    private readonly List<object> _clusterRows = [];
    private readonly List<KubeObject> _objects = [];
    private readonly List<ObjectReference> _references = [];
    private readonly Dictionary<string, KubeCluster?> _byId = new(StringComparer.Ordinal);
    private bool _piped;

    /// <summary>Clusters, objects and rows, live or from a file; each is looked up in its own cluster.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public virtual PSObject[] InputObject { get; set; } = [];

    /// <summary>Whether the cmdlet does something with an object that is piped in; one that does not asks whole clusters.</summary>
    private protected virtual bool TakesObjects => false;

    /// <summary>Those of the <see cref="Questions"/> that narrow what an object leads to, and therefore go with it.</summary>
    private protected virtual IReadOnlyList<string> Narrowing => [];

    /// <summary>Whether objects were piped in: they say which are meant.</summary>
    private protected bool PipesObjects => _objects.Count + _references.Count > 0;

    /// <summary>Whether something was to be piped in and nothing has come that leads anywhere: nothing is asked.</summary>
    private protected bool PipesNothing => (_piped || (MyInvocation.ExpectingInput && _given.Count == 0 && !PipesElse)) && !PipesObjects && _clusterRows.Count == 0;

    /// <summary>Whether something was piped in that leads to no cluster, and is not meant to: text, a table.</summary>
    private protected virtual bool PipesElse => false;

    /// <summary>What a value that is piped in is to the cmdlet, where it is an object only there; null for what leads to one.</summary>
    /// <exception cref="FaultException">It should be one, and is not whole (Invalid).</exception>
    private protected virtual KubeObject? ObjectOf(object? value) => null;

    /// <summary>Takes what was piped in. What leads nowhere is an error, and the rest goes on.</summary>
    private void TakeRows()
    {
        _piped |= IsBound(nameof(InputObject));
        foreach (var row in InputObject)
        {
            try
            {
                Take(ObjectOf(TargetValues.Unwrap(row)) is { } item ? new PipedRow.OfObject(item) : PipedRow.Of(row, Session.Pool));
            }
            catch (FaultException e)
            {
                _refused++;
                Fail(e.Fault, row);
            }
        }

        if (!PipesObjects)
            return;
        if (_clusterRows.Count > 0)
            throw new FaultException(RowFaults.Mixed);
        if (Questions.Except(Narrowing).FirstOrDefault(IsBound) is { } question)
            throw new FaultException(RowFaults.SaidTwice(question));
    }

    private void Take(PipedRow row)
    {
        switch (row)
        {
            case PipedRow.OfCluster cluster:
                _clusterRows.Add(cluster.Target);
                break;
            case PipedRow.OfObject { Item: var item }:
                _objects.Add(TakesObjects ? item : throw new FaultException(RowFaults.ForClustersOnly(item)));
                break;
            case PipedRow.OfReference { Reference: var reference }:
                _references.Add(TakesObjects ? reference : throw new FaultException(RowFaults.ForClustersOnly(reference)));
                break;
        }
    }

    /// <summary>The clusters that were piped in, or those of the objects that were.</summary>
    private List<KubeCluster> PipedClusters()
    {
        var allowed = _given.Count == 0 ? null : Found(_given);
        var clusters = new List<KubeCluster>();
        foreach (var target in PipesObjects ? _objects.Select(static item => item.ClusterId).Concat(_references.Select(static one => one.ClusterId)).Distinct().Select(static id => new ExactId(id)) : _clusterRows.Distinct())
        {
            var cluster = Found([target]) is [var found] ? found : null;
            if (cluster is not null && allowed?.Contains(cluster) == false)
            {
                _refused++;
                Fail(RowFaults.OfAnotherCluster(cluster.ClusterName), cluster);
                cluster = null;
            }

            if (target is ExactId id)
                _byId[id.Id] = cluster;
            if (cluster is not null && !clusters.Contains(cluster))
                clusters.Add(cluster);
        }

        return clusters;
    }

    /// <summary>
    /// The objects that were piped in, in their clusters' order. A live one is taken as it is where that will do; the others are read.
    /// </summary>
    /// <param name="clusters">Their clusters, as <see cref="Targets"/> gives them.</param>
    /// <param name="query">Of which kinds they must be, and how much of them is needed.</param>
    /// <param name="anew">True to read live ones, too.</param>
    private protected IReadOnlyList<KubeObject> ReadObjects(IReadOnlyList<KubeCluster> clusters, ReferenceQuery query, bool anew = false)
    {
        var found = new List<KubeObject>();
        foreach (var item in _objects.Where(item => _byId[item.ClusterId] is not null))
        {
            if (!anew && _byId[item.ClusterId]!.ClusterId == item.ClusterId && (query.MetadataOnly || !item.Source.MetadataOnly) && IsOf(item, query.Kinds))
                found.Add(item);
            else
                _references.Add(ObjectReference.To(item));
        }

        if (_references.Count == 0)
            return found;
        var reader = new ReferenceReader(query with { References = Located(_references) });
        Ask<KubeObject>(clusters, (connection, _, call, sink, cancellationToken) => reader.ReadAsync(connection, call, sink, cancellationToken), item =>
        {
            found.Add(item);
            return true;
        });
        return found;
    }

    /// <summary>The objects that were piped in and their kinds, without reading them.</summary>
    /// <inheritdoc cref="ReadObjects"/>
    private protected IReadOnlyList<ResolvedReference> Identify(IReadOnlyList<KubeCluster> clusters, ReferenceQuery query)
    {
        var found = new List<ResolvedReference>();
        var others = new List<ObjectReference>();
        foreach (var item in _objects)
        {
            if (IsOf(item, query.Kinds))
                found.AddRange(Located([ObjectReference.To(item)]).Select(one => new ResolvedReference(one, item.Source.Kind, item)));
            else
                others.Add(ObjectReference.To(item));
        }

        others.AddRange(_references);
        if (others.Count == 0)
            return found;
        var reader = new ReferenceReader(query with { References = Located(others) });
        Ask<ResolvedReference>(clusters, (connection, _, _, sink, cancellationToken) => reader.ResolveAsync(connection, sink, cancellationToken), resolved =>
        {
            found.Add(resolved);
            return true;
        });
        return found;
    }

    /// <summary>What leads to the objects that were piped in, live ones too.</summary>
    private protected IReadOnlyList<ObjectReference> References() => [.. Located(_objects.Select(ObjectReference.To).Concat(_references))];

    /// <summary>References by the ids that their clusters have here and now; those whose cluster cannot be asked are left out: that has been told.</summary>
    private IEnumerable<ObjectReference> Located(IEnumerable<ObjectReference> references) =>
        references.Where(one => _byId[one.ClusterId] is not null).Select(one => one with { ClusterId = _byId[one.ClusterId]!.ClusterId });

    /// <summary>Whether an object is certainly of one of these kinds; whether it is of others, only its cluster knows.</summary>
    private static bool IsOf(KubeObject item, IReadOnlyList<string> kinds) =>
        kinds.Count == 0 || kinds.Any(text => KindName.Find(text, BuiltInKinds.All) is { } kind && kind.Group == item.Source.Kind.Group && kind.Kind == item.Kind);
}
