using System.Threading.Channels;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Logs;

/// <summary>One answer with a log (the kubelet's ReadLogs): what is in the current file, then, while it follows, what is written.</summary>
internal sealed class LogStream(SimulatedRequest request, LogOptions options, StoredObject pod, string container, ContainerRun run, ContainerLog log)
{
    // How often one that follows looks for generated lines, and whether the container still runs.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly LineWriter _lines = new(request.Context.Response.BodyWriter);
    private readonly LogTimestamp _timestamp = new(log.Settings);
    private readonly LogEntry[] _batch = new LogEntry[256];
    private LogFile _file = log.Current;
    private int _index;
    private long _left = options.LimitBytes;
    private bool _startsLine = true;
    private StoredObject? _seen;

    public async Task RunAsync()
    {
        Answer.Announce(request.Context, contentType: "text/plain");
        // Lines are those of the file, so pieces of a long line count each.
        var end = _file.Count;
        _index = options.TailLines is { } tail && tail < end ? end - (int)tail : 0;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted, request.Ended);
        try
        {
            await request.Context.Response.BodyWriter.FlushAsync(stop.Token); // One that follows learns at once that it does.
            if (options.Follow) await FollowAsync(stop.Token);
            else await WriteAsync(end - _index, stop.Token);
        }
        catch (OperationCanceledException) when (!request.Aborted.IsCancellationRequested)
        {
            // A fault ends it here.
        }
    }

    private async Task FollowAsync(CancellationToken stop)
    {
        var wakes = Channel.CreateBounded<bool>(1);
        log.Follow(wakes.Writer);
        await using var timer = request.Time.CreateTimer(_ => wakes.Writer.TryWrite(true), null, Look, Look);
        try
        {
            while (true)
            {
                var runs = Runs(); // Before the rest is read: what it wrote until its end is part of the log.
                if (!await WriteAsync(int.MaxValue, stop) || !runs) return;
                if (log.Settings.FollowEndsWithFile && _file.Next is not null) return;
                await wakes.Reader.ReadAsync(stop);
            }
        }
        finally
        {
            log.Unfollow(wakes.Writer);
        }
    }

    /// <summary>Writes what there is; false when the limit is reached.</summary>
    private async Task<bool> WriteAsync(int most, CancellationToken stop)
    {
        while (most > 0)
        {
            var count = log.Read(ref _file, ref _index, _batch.AsSpan(0, Math.Min(most, _batch.Length)), options.Follow && !log.Settings.FollowEndsWithFile);
            if (count == 0) break;
            most -= count;
            for (var i = 0; i < count && _left > 0; i++)
            {
                Write(_batch[i]);
                if (_lines.IsFull) await _lines.FlushAsync(stop);
            }
            if (_left == 0) break;
        }
        await _lines.FlushAsync(stop);
        return _left > 0;
    }

    private void Write(in LogEntry entry)
    {
        if (entry.Time >= options.Since)
        {
            if (options.Timestamps && _startsLine) WriteLimited(_timestamp.Of(entry.Time));
            WriteLimited(entry.Text.Span);
        }
        _startsLine = entry.EndsLine;
    }

    private void WriteLimited(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _left) bytes = bytes[..(int)_left];
        _lines.Write(bytes);
        _left -= bytes.Length;
    }

    private bool Runs()
    {
        if (!run.IsRunning || request.Store.Find("pods", pod.Namespace, pod.Name) is not { } now || now.Uid != pod.Uid) return false;
        if (ReferenceEquals(now, _seen ?? pod)) return true;
        _seen = now;
        var status = ContainerRun.StatusOf(now.ToJson(), container);
        return status?["state"]?["running"] is not null && (status["restartCount"]?.GetValue<int>() ?? 0) == run.Attempt;
    }
}
