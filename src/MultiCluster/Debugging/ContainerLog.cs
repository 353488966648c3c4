using System.Text;
using MultiCluster.Api.Lists;
using MultiCluster.Api.Watches;
using MultiCluster.Clusters;
using MultiCluster.Exec;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Logs;

namespace MultiCluster.Debugging;

/// <summary>
/// What a container that was just started writes, from its first byte on: its log, which is followed. Who attaches misses what came before. A log
/// that breaks off is read again from its beginning, and what was handed on is passed over.
/// </summary>
internal sealed class ContainerLog(ClusterConnection connection, CallContext context, CommandTarget target, FanOutSink sink)
{
    /// <summary>How far the end of a log and that of its container may be apart.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(5);

    private const int LastLines = 5;
    private const int LongestComplaint = 1000;

    private readonly LineCutter _lines = new(CommandQuery.MaxLineBytes);
    private readonly Queue<string> _last = new();
    private long _taken;

    private LogSource Source => new(target.Cluster, target.Namespace, target.Pod.Name, target.Container);

    /// <summary>Its last lines, as one.</summary>
    public string LastSaid => string.Join("; ", _last.Where(static line => !string.IsNullOrWhiteSpace(line)));

    /// <summary>The last lines; null when there were none.</summary>
    public string? LastText => _last.Count == 0 ? null : string.Join('\n', _last);

    /// <summary>Follows it until it has ended and the container, too.</summary>
    /// <param name="ended">Ends with the container.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="FaultException">It cannot be read.</exception>
    public async Task FollowAsync(Task ended, CancellationToken cancellationToken)
    {
        var backoff = new WatchBackoff(connection.Random);
        for (var (isLast, isWhole) = (false, false); !isLast && !isWhole;)
        {
            isLast = ended.IsCompleted;
            try
            {
                isWhole = await ReadAsync(follows: !isLast, ended, cancellationToken).ConfigureAwait(false) && ended.IsCompleted;
            }
            catch (FaultException e) when (!isLast && !LogFaults.IsFinal(e.Fault))
            {
                context.Say?.Invoke($"{e.Fault.Message} It is read again.");
            }

            // An answer may end before the log does: what was written by the container's end is all.
            if (!isLast && !isWhole)
                await Task.WhenAny(ended, Task.Delay(backoff.Next(), connection.Time, cancellationToken)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (_lines.Last() is { } rest)
            await HandOnAsync([rest], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads an answer; false when its end did not come.</summary>
    private async Task<bool> ReadAsync(bool follows, Task ended, CancellationToken cancellationToken)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var link = connection.EnterWatch();
        var request = new ApiRequest(HttpMethod.Get, Path(follows))
        {
            Operation = $"read the log of {Source}",
            Accept = "*/*",
            Kind = follows ? RequestKind.Stream : RequestKind.Download,
            Observer = context.Observer,
        };
        if (follows)
            _ = EndLateAsync(ended, late);
        try
        {
            var response = await link.Client.SendAsync(request, context.Timeouts, late.Token).ConfigureAwait(false);
            await using var answer = response.ConfigureAwait(false);
            var known = _taken;
            var buffer = new byte[16 * 1024];
            while (await response.Body.ReadAsync(buffer, late.Token).ConfigureAwait(false) is var read and > 0)
            {
                var again = (int)Math.Min(known, read);
                known -= again;
                await TakeAsync(buffer.AsMemory(again, read - again), cancellationToken).ConfigureAwait(false);
            }

            return true;
        }
        catch (FaultException e)
        {
            throw new FaultException(LogFaults.Advised(e.Fault, Source));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false; // the container has ended and its log has not: the rest is read without following
        }
        finally
        {
            await late.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>A connection that nobody closes would keep the log open for ever: some seconds after the container's end it is given up.</summary>
    private async Task EndLateAsync(Task ended, CancellationTokenSource late)
    {
        try
        {
            await ended.WaitAsync(late.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Delay(Late, connection.Time, late.Token).ConfigureAwait(false);
            await late.CancelAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // It has been read.
        }
    }

    private async ValueTask TakeAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        byte[][] lines = [.. _lines.Cut(bytes)];
        _taken += bytes.Length;
        await HandOnAsync(lines, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask HandOnAsync(byte[][] lines, CancellationToken cancellationToken)
    {
        foreach (var line in lines.TakeLast(LastLines))
        {
            _last.Enqueue(Encoding.UTF8.GetString(line.AsSpan(0, Math.Min(line.Length, LongestComplaint))));
            if (_last.Count > LastLines)
                _last.Dequeue();
        }

        return sink.WriteAsync<KubeCommandOutput>([.. lines.Select(line => new KubeCommandOutput(target, CommandStream.Output, line))], cancellationToken);
    }

    private string Path(bool follows) =>
        $"/api/v1/namespaces/{Uri.EscapeDataString(target.Namespace)}/pods/{Uri.EscapeDataString(target.Pod.Name)}/log?container={Uri.EscapeDataString(target.Container)}{(follows ? "&follow=true" : "")}";
}
