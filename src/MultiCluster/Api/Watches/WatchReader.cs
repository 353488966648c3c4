using System.Globalization;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Api.Watches;

/// <summary>
/// Cuts a watch into its events while it arrives: one line is one event. Each object is copied once, into bytes of its own, so that
/// keeping it keeps nothing else alive; the buffer is rented and as large as the largest line.
/// </summary>
/// <param name="body">The answer's body.</param>
/// <param name="asTable">True when tables were asked for.</param>
/// <param name="maxBytes">The longest line that is read.</param>
internal sealed class WatchReader(Stream body, bool asTable, int maxBytes) : IDisposable
{
    private readonly BodyBuffer _buffer = new();
    private IReadOnlyList<PrinterColumn> _columns = [];
    private FaultException? _failure;
    private int _searched;

    /// <summary>The columns of the tables, once the first has come.</summary>
    public IReadOnlyList<PrinterColumn> Columns => _columns;

    /// <summary>
    /// Reads what the next piece of the body brings and adds its events to <paramref name="lines"/>. False when the server has ended the
    /// watch. Events that stand before what is wrong are handed out first.
    /// </summary>
    /// <exception cref="FaultException">A line is no event, is too long, or ends early (<see cref="FaultPhase.Decode"/>).</exception>
    public async ValueTask<bool> ReadAsync(List<WatchLine> lines, CancellationToken cancellationToken)
    {
        if (_failure is not null)
            throw _failure;
        while (true)
        {
            if (!_buffer.MakeRoom(maxBytes))
                throw TooLong();
            var read = await body.ReadAsync(_buffer.Room, cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return ReadEnd(lines);
            _buffer.Wrote(read);
            Cut(lines);
            if (lines.Count > 0)
                return true;
            if (_failure is not null)
                throw _failure;
        }
    }

    public void Dispose() => _buffer.Dispose();

    /// <summary>After the last line's end nothing follows, but for a refusal in the place of a watch.</summary>
    private bool ReadEnd(List<WatchLine> lines)
    {
        var rest = _buffer.Pending;
        if (JsonWalk.SkipSpace(rest, 0) == rest.Length)
            return false;
        if (!StatusAnswer.IsFailure(rest.ToArray()))
            throw EndedEarly();
        lines.Add(WatchLineCut.Read(rest, asTable, ref _columns));
        _buffer.Cut(rest.Length);
        return true;
    }

    private void Cut(List<WatchLine> lines)
    {
        try
        {
            while (_buffer.Pending[_searched..].IndexOf((byte)'\n') is var end and >= 0)
            {
                var line = _buffer.Pending[..(_searched + end)];
                if (JsonWalk.SkipSpace(line, 0) < line.Length)
                    lines.Add(WatchLineCut.Read(line, asTable, ref _columns));
                _buffer.Cut(line.Length + 1);
                _searched = 0;
            }

            _searched = _buffer.Pending.Length;
        }
        catch (Exception e) when (e is FormatException or EndOfStreamException)
        {
            _failure = new FaultException(
                FaultPhase.Decode,
                $"a line of the watch is no event ({(e is EndOfStreamException ? "it ends early" : e.Message)})",
                "Check whether a proxy between here and the cluster changes its answers.",
                e);
        }
    }

    private FaultException TooLong() => new(new Fault
    {
        Phase = FaultPhase.Decode,
        Reason = Fault.TooLarge,
        Detail = string.Create(CultureInfo.InvariantCulture, $"an event is larger than {maxBytes / (1024.0 * 1024):0.##} MiB"),
        Advice = "Raise the bound with -MaxEventMB, or leave the object out with -FieldSelector metadata.name!=NAME.",
    });

    private static FaultException EndedEarly() => new(
        FaultPhase.Decode,
        "the watch ended in the middle of an event",
        "It goes on by itself; if it happens often, look for a proxy that cuts long answers.");
}
