using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Module.Jobs;
using MultiCluster.Module.Views;
using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Module.Pipeline;

/// <summary>What is read is written, or kept by a job.</summary>
public abstract partial class ClusterCmdlet
{
    /// <summary>Reads the objects that a query wants.</summary>
    private protected void Read(ResourceQuery query)
    {
        var reader = new ResourceReader(query);
        Read(Targets(), reader.ReadAsync, mixed: query.Kinds.Count > 1, reader.First, () => reader.Remarks);
    }

    /// <summary>Reads the objects that are piped in, live ones anew.</summary>
    private protected void ReadReferences(ReferenceQuery query)
    {
        var clusters = Targets();
        var references = References();
        var reader = new ReferenceReader(query with { References = references });
        Read(
            clusters,
            (connection, _, call, sink, cancellationToken) => reader.ReadAsync(connection, call, sink, cancellationToken),
            mixed: references.Select(static one => one.Kind).Distinct().Skip(1).Any(),
            reader.First,
            static () => []);
    }

    /// <summary>Runs <paramref name="operation"/> on every cluster as a job, and writes that.</summary>
    /// <param name="clusters">The clusters.</param>
    /// <param name="operation">What is done on each.</param>
    /// <param name="take">Gives an object to its cluster's job, and says whether more are wanted.</param>
    /// <param name="includeNotice">Whether notices are output, too.</param>
    /// <param name="remarks">What the user should know when the job has ended.</param>
    /// <param name="ended">Told when it has.</param>
    /// <typeparam name="T">What the operation writes.</typeparam>
    private protected void StartJob<T>(
        IReadOnlyList<KubeCluster> clusters,
        ClusterOperation operation,
        Func<KubeClusterJob, T, bool> take,
        bool includeNotice = false,
        Func<IReadOnlyList<string>>? remarks = null,
        Action? ended = null)
    {
        if (clusters.Count == 0)
            return; // the errors have said why
        _inBackground = true;
        var (log, begun) = (Session.Log, _report);
        WriteJob(Jobs.KubeJob.Start(Connections(clusters), Options, OnConnection(operation), take, includeNotice, run =>
        {
            log.Add(run, begun);
            ended?.Invoke();
            return remarks?.Invoke() ?? [];
        }));
    }

    /// <summary>Runs <paramref name="operation"/> on every cluster, in the pipeline or as a job, and hands on what it writes as it is.</summary>
    /// <param name="clusters">The clusters.</param>
    /// <param name="operation">What is done on each.</param>
    /// <param name="shows">False when nobody wants to see what it writes.</param>
    /// <param name="remarks">What the user should know in the end.</param>
    /// <typeparam name="T">What the operation writes.</typeparam>
    private protected void WriteOrKeep<T>(IReadOnlyList<KubeCluster> clusters, ClusterOperation operation, bool shows = true, Func<IReadOnlyList<string>>? remarks = null)
    {
        if (AsJob)
        {
            StartJob<T>(
                clusters,
                operation,
                (job, item) =>
                {
                    if (shows)
                        job.Take(item);
                    return true;
                },
                remarks: remarks);
            return;
        }

        Ask<T>(clusters, operation, item => !shows || WriteOne(item));
        Tell(remarks?.Invoke() ?? []);
    }

    /// <summary>Writes the objects that <paramref name="operation"/> brings, or starts it as a job.</summary>
    /// <param name="clusters">The clusters.</param>
    /// <param name="operation">What is done on each.</param>
    /// <param name="mixed">Whether they are of several kinds.</param>
    /// <param name="first">How many are wanted; all when null.</param>
    /// <param name="remarks">What the user should know when it has ended.</param>
    /// <param name="progress">Where the call stands; its clusters and objects when null.</param>
    private protected void Read(
        IReadOnlyList<KubeCluster> clusters,
        ClusterOperation operation,
        bool mixed,
        FirstCount? first = null,
        Func<IReadOnlyList<string>>? remarks = null,
        Func<ProgressState?>? progress = null)
    {
        if (AsJob)
        {
            var kept = new ShownObject(null, mixed);
            StartJob<KubeObject>(
                clusters,
                operation,
                (job, item) =>
                {
                    job.Take(kept.Of(item));
                    return first?.WantsMore() ?? true;
                },
                remarks: remarks);
            return;
        }

        var shown = new ShownObject(Session.Views, mixed);
        Ask<KubeObject>(
            clusters,
            operation,
            item =>
            {
                WriteObject(shown.Of(item));
                return first?.WantsMore() ?? true;
            },
            progress: progress);
        Tell(remarks?.Invoke() ?? []);
    }
}
