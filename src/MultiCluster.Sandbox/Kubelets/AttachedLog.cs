using System.Threading.Channels;
using MultiCluster.Sandbox.Logs;

namespace MultiCluster.Sandbox.Kubelets;

/// <summary>What a container writes from now on, for somebody who attached to it: a container without a program here writes its log alone.</summary>
internal static class AttachedLog
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    public static async Task WriteAsync(ContainerLog log, Stream output, TimeProvider time, CancellationToken cancellationToken)
    {
        var wakes = Channel.CreateBounded<bool>(1);
        var file = log.Current;
        var index = file.Count;
        var batch = new LogEntry[64];
        log.Follow(wakes.Writer);
        await using var timer = time.CreateTimer(_ => wakes.Writer.TryWrite(true), null, Look, Look);
        try
        {
            while (true)
            {
                var count = log.Read(ref file, ref index, batch, rotates: true);
                for (var i = 0; i < count; i++) await output.WriteAsync(batch[i].Text, cancellationToken);
                if (count == 0) await wakes.Reader.ReadAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Enough of it, or the container ends.
        }
        finally
        {
            log.Unfollow(wakes.Writer);
        }
    }
}
