using System.Buffers;
using System.Text;
using MultiCluster.FanOut;

namespace MultiCluster.Exec;

/// <summary>Makes of what a command writes in one pod what was asked for: lines as they come, the whole text, or bytes; and remembers its last complaints.</summary>
internal sealed class CommandOutput(CommandTarget target, CommandQuery query, FanOutSink sink)
{
    private const int LastLines = 5;
    private const int LongestComplaint = 1000;

    private readonly LineCutter _output = new(CommandQuery.MaxLineBytes);
    private readonly LineCutter _error = new(CommandQuery.MaxLineBytes);
    private readonly Queue<string> _last = new();
    private readonly ArrayBufferWriter<byte> _wholeOutput = new();
    private readonly ArrayBufferWriter<byte> _wholeError = new();

    /// <summary>The last lines of its standard error, as one.</summary>
    public string LastError => string.Join("; ", _last.Where(static line => !string.IsNullOrWhiteSpace(line)));

    /// <summary>Its standard error: the whole where that was asked for, else the last lines; null when there was none.</summary>
    public string? ErrorText => query.Raw ? TextOf(_wholeError) : _last.Count == 0 ? null : string.Join('\n', _last);

    /// <summary>The whole standard output as text; null when bytes were asked for.</summary>
    public string? OutputText => query.AsBytes ? null : TextOf(_wholeOutput) ?? "";

    /// <summary>The whole standard output as bytes; null when text was asked for.</summary>
    public byte[]? OutputBytes => query.AsBytes ? _wholeOutput.WrittenSpan.ToArray() : null;

    /// <summary>Takes what it wrote.</summary>
    public async ValueTask TakeAsync(ProcessOutput part, CancellationToken cancellationToken)
    {
        var isError = part.Stream == CommandStream.Error;
        byte[][] lines = isError ? [.. _error.Cut(part.Bytes)] : query.Raw || query.AsBytes ? [] : [.. _output.Cut(part.Bytes)];
        if (isError)
            Remember(lines);
        if (query.Raw)
            (isError ? _wholeError : _wholeOutput).Write(part.Bytes.Span);
        else if (!isError && query.AsBytes)
            await WriteAsync(part.Stream, [part.Bytes.ToArray()], cancellationToken).ConfigureAwait(false);
        else
            await WriteAsync(part.Stream, lines, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>It has ended: what stands after the last end of line is a line, too.</summary>
    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        if (_output.Last() is { } output)
            await WriteAsync(CommandStream.Output, [output], cancellationToken).ConfigureAwait(false);
        if (_error.Last() is not { } error)
            return;
        Remember([error]);
        if (!query.Raw)
            await WriteAsync(CommandStream.Error, [error], cancellationToken).ConfigureAwait(false);
    }

    private ValueTask WriteAsync(CommandStream stream, byte[][] lines, CancellationToken cancellationToken) =>
        sink.WriteAsync<KubeCommandOutput>([.. lines.Select(line => new KubeCommandOutput(target, stream, line))], cancellationToken);

    private void Remember(byte[][] lines)
    {
        foreach (var line in lines.TakeLast(LastLines))
        {
            _last.Enqueue(Encoding.UTF8.GetString(line.AsSpan(0, Math.Min(line.Length, LongestComplaint))));
            if (_last.Count > LastLines)
                _last.Dequeue();
        }
    }

    private static string? TextOf(ArrayBufferWriter<byte> bytes) => bytes.WrittenCount == 0 ? null : Encoding.UTF8.GetString(bytes.WrittenSpan);
}
