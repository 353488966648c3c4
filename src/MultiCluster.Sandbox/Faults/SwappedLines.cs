using System.Threading.Channels;

namespace MultiCluster.Sandbox.Faults;

/// <summary>
/// Two events that follow each other and are of different objects change places. Both are written at once, so that a stream that breaks later
/// has lost neither. What has nothing to change places with is held back for a moment only.
/// </summary>
internal sealed class SwappedLines : ILineTreatment
{
    private static readonly TimeSpan Held = TimeSpan.FromMilliseconds(100);

    private readonly Channel<bool> _holds = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private ReadOnlyMemory<byte> _held;

    public async ValueTask OnLineAsync(ReadOnlyMemory<byte> line, LineOutput output)
    {
        if (_held.IsEmpty && EventLine.IsOfObject(line.Span))
        {
            _held = line;
            _holds.Writer.TryWrite(true);
            return;
        }
        var swaps = !_held.IsEmpty && EventLine.IsOfObject(line.Span) && !EventLine.Uid(line.Span).SequenceEqual(EventLine.Uid(_held.Span));
        var (first, second) = swaps ? (line, _held) : (_held, line);
        _held = default;
        byte[] both = [.. first.Span, .. second.Span];
        await output.WriteAsync(both);
    }

    public async ValueTask OnEndAsync(LineOutput output)
    {
        if (_held.IsEmpty) return;
        var held = _held;
        _held = default;
        await output.WriteAsync(held);
    }

    public async Task RunAsync(LineStream lines, LineOutput output, CancellationToken stop)
    {
        await foreach (var _ in _holds.Reader.ReadAllAsync(stop))
        {
            var held = _held;
            await Task.Delay(Held, output.Request.Time, stop);
            await lines.BetweenLinesAsync(async () => { if (held.Equals(_held)) await OnEndAsync(output); }, stop);
        }
    }
}
