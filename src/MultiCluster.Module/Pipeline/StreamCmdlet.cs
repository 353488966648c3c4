using System.Management.Automation;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Http;

namespace MultiCluster.Module.Pipeline;

/// <summary>A cmdlet whose clusters go on until somebody has enough: merged by time, in the pipeline or as a job.</summary>
public abstract class StreamCmdlet : ClusterCmdlet
{
    private FanOutOrder? _order;

    private protected StreamCmdlet()
    {
    }

    /// <summary>Seconds after which it ends by itself; never by default.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public override int TimeoutSec { get; set; }

    /// <summary>No parameter here: a stream has one bound, which is not its clusters' fault.</summary>
    public sealed override int DeadlineSec { get; set; }

    /// <summary>Milliseconds for which everything is held back, so that it leaves in the order of time over all clusters; 250 by default, 0 for the order of arrival.</summary>
    [Parameter]
    [ValidateRange(0, 600_000)]
    public int OrderWindow { get; set; } = (int)FanOutOrder.DefaultWindow.TotalMilliseconds;

    /// <summary>Writes what happens to the stream itself (connected, interrupted, resumed, gap, relisted, stopped) as objects, too.</summary>
    [Parameter]
    public SwitchParameter IncludeNotice { get; set; }

    /// <summary>Runs in the background, as a job with a child job for each cluster.</summary>
    [Parameter]
    public sealed override SwitchParameter AsJob { get; set; }

    /// <summary>How long it runs, or null for ever.</summary>
    private protected TimeSpan? Duration => TimeoutSec > 0 ? TimeSpan.FromSeconds(TimeoutSec) : null;

    /// <summary>For how long everything is held back.</summary>
    private protected TimeSpan Window => TimeSpan.FromMilliseconds(OrderWindow);

    private protected override RequestTimeouts Timeouts => RequestTimeouts.Default;

    private protected override FanOutOptions Options => base.Options with { Order = _order };

    /// <summary>Runs <paramref name="operation"/> on every cluster, in the pipeline or as a job.</summary>
    /// <param name="clusters">The clusters.</param>
    /// <param name="operation">What is done on each.</param>
    /// <param name="call">What the clusters share; disposed when the last one has ended.</param>
    /// <param name="order">The order in which it leaves.</param>
    /// <param name="shape">How an object is handed out; as it is when null.</param>
    /// <typeparam name="T">What the operation writes.</typeparam>
    private protected void Stream<T>(
        IReadOnlyList<KubeCluster> clusters,
        ClusterOperation operation,
        IDisposable call,
        FanOutOrder order,
        Func<T, object>? shape = null)
    {
        _order = order;
        if (AsJob && clusters.Count > 0)
        {
            StartJob<T>(
                clusters,
                operation,
                (job, item) =>
                {
                    job.Take(shape is null ? item : shape(item));
                    return true;
                },
                IncludeNotice,
                ended: call.Dispose);
            return;
        }

        using (call)
            Ask<T>(clusters, operation, shape is null ? null : item => Write(shape(item)), new StreamView(clusters.Count, IncludeNotice, Time));
    }

    private bool Write(object value)
    {
        WriteObject(value);
        return true;
    }
}
