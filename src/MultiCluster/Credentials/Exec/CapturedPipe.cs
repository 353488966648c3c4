using System.Buffers;
using System.Text;

namespace MultiCluster.Credentials;

/// <summary>Reads a process's output to its end and keeps a bounded part of it.</summary>
/// <param name="stream">The pipe.</param>
/// <param name="limit">Bytes to keep.</param>
/// <param name="keepEnd">True to keep the last bytes; false to keep the first and stop at the limit.</param>
/// <param name="echo">Receives all text as it comes.</param>
internal sealed class CapturedPipe(Stream stream, int limit, bool keepEnd, Action<string>? echo)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _full = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly ArrayBufferWriter<byte> _kept = new();
    private bool _cut;

    /// <summary>Completes when more came than may be kept from the start.</summary>
    public Task Full => _full.Task;

    /// <summary>True when only the end was kept.</summary>
    public bool IsCut
    {
        get
        {
            lock (_gate)
                return _cut || _kept.WrittenCount > limit;
        }
    }

    /// <summary>A copy of what has been kept so far.</summary>
    public ReadOnlyMemory<byte> Captured
    {
        get
        {
            lock (_gate)
                return _kept.WrittenCount > limit ? _kept.WrittenSpan[^limit..].ToArray() : _kept.WrittenSpan.ToArray();
        }
    }

    /// <summary>Reads to the end; a broken pipe or a cancelled token is an end too.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                var count = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (count == 0 || !Keep(buffer.AsSpan(0, count)))
                    return;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // What came before counts.
        }
    }

    private bool Keep(ReadOnlySpan<byte> read)
    {
        if (echo is not null)
        {
            var letters = new char[_decoder.GetCharCount(read, flush: false)];
            _decoder.GetChars(read, letters, flush: false);
            echo(new string(letters));
        }

        lock (_gate)
        {
            _kept.Write(read);
            if (_kept.WrittenCount <= limit)
                return true;
            if (!keepEnd)
            {
                _full.TrySetResult();
                return false;
            }

            // Twice the limit, so that not every read moves the end to the front.
            if (_kept.WrittenCount > 2 * limit)
            {
                var end = _kept.WrittenSpan[^limit..].ToArray();
                _kept.Clear();
                _kept.Write(end);
                _cut = true;
            }

            return true;
        }
    }
}
