using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Logs.Streams;

/// <summary>Finds out when a Job will make no more pods.</summary>
internal sealed class JobEnd(LogCluster cluster, KubeJob job)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    /// <summary>Waits until the Job is complete, has failed or is gone.</summary>
    /// <param name="listed">Its pods are known: before that nothing is asked.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task WaitAsync(Task listed, CancellationToken cancellationToken)
    {
        await listed.WaitAsync(cancellationToken).ConfigureAwait(false);
        for (KubeObject? now = job; now is not null && !IsOver(now); now = await LookAsync(cancellationToken).ConfigureAwait(false))
            await Task.Delay(Look, cluster.Call.Time, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsOver(KubeObject job) => job.StatusJson.HasCondition("Complete"u8) || job.StatusJson.HasCondition("Failed"u8);

    private async Task<KubeObject?> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var link = cluster.Connection.EnterWatch();
            var now = await link.Objects.GetAsync(job.Source.Kind, job.Namespace, job.Name, false, cluster.Context, cancellationToken).ConfigureAwait(false);
            return now.Uid == job.Uid ? now : null;
        }
        catch (FaultException e)
        {
            return e.Fault.Phase == FaultPhase.NotFound ? null : job; // whatever it is, the pods' watch tells of it
        }
    }
}
