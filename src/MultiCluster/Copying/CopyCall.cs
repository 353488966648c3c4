using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.Copying.Local;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Pods;
using MultiCluster.Resources;
using MultiCluster.Terminal;

namespace MultiCluster.Copying;

/// <summary>
/// Copies between this machine and the pods of many clusters. One for the whole call: a fan-out runs <see cref="RunAsync"/> for each cluster.
/// Its objects are a <see cref="KubeCopyResult"/> for each pod, which stand in the report of the call as well.
/// </summary>
internal sealed class CopyCall : IDisposable
{
    private const int LongestShown = 120;

    private int _pods;
    private int _done;
    private long _moved;

    /// <param name="query">What is wanted.</param>
    /// <param name="clusters">The names of the clusters.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the reading of the local tree.</param>
    /// <exception cref="FaultException">The query cannot be met: no pods, nothing to copy, a path that cannot be read or written (Invalid).</exception>
    public CopyCall(CopyQuery query, IReadOnlyList<string> clusters, TimeProvider time, CancellationToken cancellationToken)
    {
        if (query.Names.Count + query.Objects.Count == 0 && query.LabelSelector is null && query.FieldSelector is null)
            throw new FaultException(FaultPhase.Invalid, "nothing says which pods", "Write pod:path, name the pods (-Name), give a selector, or pipe them in. -Name * means all pods of the namespace.");
        if (query.Sources.Count == 0)
            throw new FaultException(FaultPhase.Invalid, "there is nothing to copy", "Name a path.");
        Query = query;
        Targets = new PodTargets(query);
        Containers = new ContainerChoice(query.Container is { } one ? [one] : [], all: false);
        if (query.ToPods)
        {
            InPods = [PodPath.Parse(query.Destination)];
            Tree = LocalTree.Read(query.Sources, cancellationToken);
        }
        else
        {
            InPods = [.. query.Sources.Select(PodPath.Parse)];
            Places = new LocalPlaces(query.Destination, query.FolderForEachPod, [.. InPods.Select(static path => path.Name)], clusters);
        }

        Watch = new WatchCall(null, null, clusters.Count, time, Random.Shared.NextDouble);
    }

    /// <summary>What is wanted.</summary>
    public CopyQuery Query { get; }

    /// <summary>In which pods.</summary>
    public PodTargets Targets { get; }

    /// <summary>In which of their containers.</summary>
    public ContainerChoice Containers { get; }

    /// <summary>What is copied out of the pods, or where to in them.</summary>
    public IReadOnlyList<PodPath> InPods { get; }

    /// <summary>What is copied into the pods.</summary>
    public LocalTree? Tree { get; }

    /// <summary>Where what comes out of the pods goes.</summary>
    public LocalPlaces? Places { get; }

    /// <summary>What the clusters share.</summary>
    public WatchCall Watch { get; }

    /// <summary>What is done, in words: <c>copy /etc/nginx out of</c>.</summary>
    public string InWords
    {
        get
        {
            var sources = TerminalText.VisibleLine(string.Join(", ", Query.Sources));
            return $"copy {(sources.Length > LongestShown ? $"{sources[..LongestShown]}…" : sources)} {(Query.ToPods ? "into" : "out of")}";
        }
    }

    /// <summary>Pods that were found so far, those of them that are done, and bytes that have come or gone.</summary>
    public (int Pods, int Done, long Moved) Counts => (Volatile.Read(ref _pods), Volatile.Read(ref _done), Interlocked.Read(ref _moved));

    /// <inheritdoc cref="PodTargets.NothingFits"/>
    public bool NothingFits => Targets.NothingFits;

    /// <summary>So many pods were found on a cluster.</summary>
    public void Found(int pods) => Interlocked.Add(ref _pods, pods);

    /// <summary>A pod is done.</summary>
    public void Ended() => Interlocked.Increment(ref _done);

    /// <summary>So many bytes have come or gone.</summary>
    public void Moved(long bytes) => Interlocked.Add(ref _moved, bytes);

    /// <summary>Copies with one cluster's pods. What fails is written as a fault; the rest goes on.</summary>
    public Task RunAsync(ClusterConnection connection, string defaultNamespace, CallContext context, FanOutSink sink, CancellationToken cancellationToken) =>
        new ClusterCopies(connection, defaultNamespace, context, this, sink).RunAsync(cancellationToken);

    /// <summary>Ends the call's clock.</summary>
    public void Dispose() => Watch.Dispose();
}
