namespace MultiCluster.Http;

/// <summary>
/// Times how long a server takes to the first bytes that it answers on a connection: a round trip, and with TLS hardly more. A cold process
/// compiles between its question and its look for the answer: <paramref name="answered"/> is told whether it still had to wait then.
/// </summary>
internal sealed class TimedStream(Stream inner, TimeProvider time, Action<TimeSpan, bool> answered) : PassingStream(inner)
{
    private long? _asked;
    private bool _isAnswered;

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _asked ??= time.GetTimestamp();
        return base.WriteAsync(buffer, cancellationToken);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = base.ReadAsync(buffer, cancellationToken);
        return _isAnswered || _asked is not { } asked ? read : TimedAsync(read, asked, waits: !read.IsCompleted, isLook: buffer.IsEmpty);
    }

    /// <param name="reading">The read.</param>
    /// <param name="asked">When the question was sent.</param>
    /// <param name="waits">Whether nothing was there yet.</param>
    /// <param name="isLook">True for a read of no bytes, by which TLS waits for some to come.</param>
    private async ValueTask<int> TimedAsync(ValueTask<int> reading, long asked, bool waits, bool isLook)
    {
        _isAnswered = true;
        var read = await reading.ConfigureAwait(false);
        if (read > 0 || isLook)
            answered(time.GetElapsedTime(asked), waits);
        return read;
    }
}
