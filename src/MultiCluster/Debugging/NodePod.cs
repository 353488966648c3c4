using MultiCluster.Api.Lists;
using MultiCluster.Api.Writes;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Objects;
using MultiCluster.Pods;

namespace MultiCluster.Debugging;

/// <summary>
/// A pod on a node for as long as it is debugged. It is removed whatever becomes of the call, even when the cluster is deselected meanwhile, and the
/// call's connections closed with it.
/// </summary>
internal sealed class NodePod(ClusterConnection connection, string ns, CallContext context)
{
    /// <summary>Names that are tried when others have them.</summary>
    private const int Attempts = 3;

    /// <summary>How long a request that was sent is waited for when the call is stopped: whether it made a pod must be known.</summary>
    private static readonly TimeSpan LastAnswer = TimeSpan.FromSeconds(2);

    /// <summary>How long the removal is tried when the call is stopped: the prompt waits for it.</summary>
    private static readonly TimeSpan LastRemoval = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private string? _uid;

    /// <summary>Its name.</summary>
    public string Name { get; private set; } = "";

    /// <summary>False as long as there can be none: nothing has been sent, or the server has refused it.</summary>
    public bool MayExist { get; private set; }

    /// <summary>Makes it.</summary>
    /// <exception cref="FaultException">The server refuses, or cannot be reached.</exception>
    public async Task<KubePod> MakeAsync(string node, DebugOptions options, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(Timeout.InfiniteTimeSpan, connection.Time);
        using var stopped = cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).CancelAfter(LastAnswer), late);
        for (var attempt = 0; ; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Name = DebugName.Pod(node, attempt, connection.Random);
            var write = new ObjectWrite(WriteMethod.Create, DebugManifest.NodePod(Name, ns, node, options)) { DryRun = options.DryRun };
            MayExist = !options.DryRun;
            try
            {
                var answer = await connection.Session.Writer.WriteAsync(PodFinder.PodKind, ns, Name, write, context, late.Token).ConfigureAwait(false);
                _uid = answer.Object.Uid;
                return (KubePod)answer.Object;
            }
            catch (FaultException e) when (MadeNothing(e.Fault))
            {
                MayExist = false;
                if (e.Fault.Reason != "AlreadyExists" || attempt == Attempts)
                    throw new FaultException(DebugFaults.OfCreation(e.Fault, ns));
            }
        }
    }

    /// <summary>Removes it, whatever has become of the call; tried again while the cluster cannot be reached.</summary>
    /// <param name="limit">How long.</param>
    /// <param name="stopped">Cancelled when the call is stopped, which then has less time.</param>
    /// <returns>Why it may still be there; null when it is gone, or going.</returns>
    public async Task<Fault?> RemoveAsync(TimeSpan limit, CancellationToken stopped)
    {
        using var end = new CancellationTokenSource(limit, connection.Time);
        using var hurry = stopped.UnsafeRegister(static state => ((CancellationTokenSource)state!).CancelAfter(LastRemoval), end);
        var query = new DeleteQuery { Uid = _uid };
        ConnectionSession? own = null;
        try
        {
            for (Fault? last = null; ;)
            {
                var isOver = connection.Disconnected.IsCancellationRequested;
                try
                {
                    var session = isOver ? own ??= connection.OpenLastSession() : connection.Session;
                    await session.Writer.DeleteAsync(PodFinder.PodKind, ns, Name, query, context, end.Token).ConfigureAwait(false);
                    return null;
                }
                catch (OperationCanceledException) when (end.IsCancellationRequested)
                {
                    return NotRemoved(last ?? new Fault { Phase = FaultPhase.Timeout, Detail = "the cluster has not answered" });
                }
                catch (Exception) when (!isOver && connection.Disconnected.IsCancellationRequested)
                {
                    continue; // deselected in the middle of it
                }
                catch (FaultException e) when (!WriteFaults.IsPassing(e.Fault))
                {
                    return NotRemoved(e.Fault);
                }
                catch (FaultException e)
                {
                    last = e.Fault;
                }

                await Task.Delay(Pause, connection.Time, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            if (own is not null)
                await own.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>True when the request has not been sent, or was refused.</summary>
    private static bool MadeNothing(Fault fault) => fault switch
    {
        { HttpStatus: >= 400 and < 500 and not 408 } => true,
        { HttpStatus: not null } => false,
        { Phase: FaultPhase.Connect } => fault.Reason != ConnectFaults.LostReason,
        { Phase: FaultPhase.Dns or FaultPhase.Tls or FaultPhase.Credential or FaultPhase.Unauthorized or FaultPhase.Kubeconfig or FaultPhase.ClusterNotSelected } => true,
        _ => false,
    };

    private Fault NotRemoved(Fault fault) => DebugFaults.NotRemoved(fault, connection.Identity, ns, Name);
}
