using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Resources;
using MultiCluster.Typed.Models;

namespace MultiCluster.Module.Pipeline;

/// <summary>What something that is piped in leads to: a cluster, an object that is here, or one that is to be found.</summary>
internal abstract record PipedRow
{
    /// <summary>A whole cluster: a <see cref="KubeCluster"/>, or its <see cref="ExactId"/>.</summary>
    public sealed record OfCluster(object Target) : PipedRow;

    /// <summary>An object as it was read.</summary>
    public sealed record OfObject(KubeObject Item) : PipedRow;

    /// <summary>An object that a row names.</summary>
    public sealed record OfReference(ObjectReference Reference) : PipedRow;

    /// <summary>
    /// Where a value leads, live or as a table, a file or <c>Select-Object</c> has left it. What names a cluster and not enough to find its
    /// object leads nowhere: not to the cluster.
    /// </summary>
    /// <exception cref="FaultException">It leads nowhere (Invalid); the fault says what it lacks.</exception>
    public static PipedRow Of(object? value, ClusterPool pool)
    {
        switch (TargetValues.Unwrap(value))
        {
            case KubeCluster cluster:
                return new OfCluster(cluster);
            case KubeObject item:
                return new OfObject(item);
            case KubeWatchEvent happened:
                return new OfObject(happened.Object);
            case { } model when ModelObjects.IsModel(model):
                return new OfObject(ModelObjects.Of(model, ModelStore.Of(pool), TimeProvider.System));
            case { } change when change.GetType() is { IsGenericType: true, Name: "KubeModelEvent`1" } type:
                return Of(type.GetProperty("Object")!.GetValue(change), pool);
            case { } other when RowColumns.Of(other) is { } columns:
                return Of(columns);
            case var other:
                throw new FaultException(
                    FaultPhase.Invalid,
                    other is null ? "nothing (null) was piped in" : $"a {other.GetType().Name} leads to no object",
                    RowFaults.Needed);
        }
    }

    private static PipedRow Of(RowColumns columns)
    {
        if (columns["ClusterId"] is not { } cluster)
            throw new FaultException(RowFaults.NoCluster(columns));
        if (ClusterRows.IsCluster(columns))
            return new OfCluster(new ExactId(cluster));
        if (columns.IsOf(nameof(KubeApiResource)))
            throw new FaultException(RowFaults.IsKind(columns));
        var (kind, ns, name) = (columns["Kind"], columns["Namespace"] ?? columns.Metadata?["namespace"], columns["Name"] ?? columns.Metadata?["name"]);
        if (name is null && kind is null)
        {
            // A line of a log and a step of a drain name their pod, a drain and its result their node.
            if (columns["Pod"] is { } pod)
                (kind, name) = ("Pod", pod);
            else if (ns is null && columns["Node"] is { } node)
                (kind, name) = ("Node", node);
        }

        return new OfReference(new ObjectReference
        {
            ClusterId = cluster,
            Kind = kind,
            ApiVersion = kind is null ? null : columns["ApiVersion"],
            Namespace = ns,
            Name = name ?? throw new FaultException(RowFaults.NoName(columns)),
            Uid = columns["Uid"] ?? columns.Metadata?["uid"],
        });
    }
}
