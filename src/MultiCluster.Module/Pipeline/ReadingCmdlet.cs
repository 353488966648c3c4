using MultiCluster.Module.Views;
using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Module.Pipeline;

/// <summary>A cmdlet that reads objects: a query in, objects of every cluster out.</summary>
public abstract class ReadingCmdlet : QueryCmdlet
{
    private protected ReadingCmdlet()
    {
    }

    /// <summary>What is wanted.</summary>
    private protected abstract ResourceQuery Query();

    private protected override void End()
    {
        var query = Query();
        var first = new FirstCount(query.First);
        var reader = new ResourceReader(query, first);
        var left = query.First;
        var shown = new ShownObject(Session.Views, mixed: query.Kinds.Count > 1);
        Ask<KubeObject>(
            Targets(),
            (cluster, sink, cancellationToken) => reader.ReadAsync(cluster.Connection!, Session.Pool.Namespaces.For(cluster), CallOf(cluster), sink, cancellationToken),
            item =>
            {
                WriteObject(shown.Of(item));
                return left is null || --left > 0;
            });
        base.End();
    }
}
