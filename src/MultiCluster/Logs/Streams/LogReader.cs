using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;

namespace MultiCluster.Logs.Streams;

/// <summary>
/// Reads the logs that a <see cref="LogQuery"/> wants of many clusters, or follows them. One for the whole call: a fan-out with
/// <see cref="Order"/> runs <see cref="ReadAsync"/> for each cluster. Its objects are <see cref="KubeLogLine"/>s, its notices
/// <see cref="FanOutNotice"/>s with a <see cref="KubeLogNotice"/> as their data.
/// </summary>
internal sealed class LogReader : IDisposable
{
    /// <summary>What all clusters' queues may hold together, in bytes, within the bounds of one.</summary>
    private const long QueuedBytes = 64 * 1024 * 1024;

    private const long LeastQueuedBytes = 1024 * 1024;
    private const long MostQueuedBytes = 16 * 1024 * 1024;

    private readonly LogCall _call;

    /// <summary>A call that begins now.</summary>
    /// <param name="query">What is wanted.</param>
    /// <param name="clusters">Of how many clusters.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Numbers in [0, 1) for pauses; null for chance.</param>
    /// <exception cref="FaultException">The query cannot be met: a name, a pattern, or settings that exclude each other (Invalid).</exception>
    public LogReader(LogQuery query, int clusters, TimeProvider time, Func<double>? random = null)
    {
        _call = new LogCall(query, Math.Max(1, clusters), time, random ?? Random.Shared.NextDouble);
        var queued = Math.Clamp(QueuedBytes / Math.Max(1, clusters), LeastQueuedBytes, MostQueuedBytes);
        Order = query.Follow ? FanOutOrder.ByTime(_call.Window, (int)(queued / Lines.LogIntake.BytesPerUnit)) : FanOutOrder.Sorted(_call.Window);
    }

    /// <summary>The order of the fan-out that the operation is made for.</summary>
    public FanOutOrder Order { get; }

    /// <inheritdoc cref="Pods.PodTargets.NothingFits"/>
    public bool NothingFits => _call.Targets.NothingFits;

    /// <summary>
    /// Hands out one cluster's lines, until all is read or, when following, nothing more can come. What fails is written as a fault; the
    /// rest goes on.
    /// </summary>
    /// <param name="connection">The cluster.</param>
    /// <param name="defaultNamespace">The namespace when the query names none.</param>
    /// <param name="context">What the call brings along to each request.</param>
    /// <param name="sink">Where the lines go.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public Task ReadAsync(
        ClusterConnection connection, string defaultNamespace, CallContext context, FanOutSink sink, CancellationToken cancellationToken) =>
        new LogCluster(connection, defaultNamespace, context, _call, sink).RunAsync(cancellationToken);

    /// <summary>Ends the call's clock.</summary>
    public void Dispose() => _call.Dispose();
}
