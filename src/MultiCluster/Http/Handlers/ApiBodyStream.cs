using System.Runtime.CompilerServices;
using MultiCluster.Faults;

namespace MultiCluster.Http;

/// <summary>
/// An answer's body: the network's stream, with its silence bounded, its bytes counted and its errors made faults. Nothing is copied,
/// and a read that has its bytes at hand costs one addition.
/// </summary>
internal sealed class ApiBodyStream(Stream inner, ApiAttempt attempt) : Stream
{
    public override bool CanRead => true;

    public override bool CanWrite => inner.CanWrite;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<int>(cancellationToken);
        ValueTask<int> read;
        try
        {
            read = inner.ReadAsync(buffer, attempt.Timer.Token);
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<int>(attempt.OfBody(exception, cancellationToken));
        }

        return read.IsCompletedSuccessfully ? new(Took(read.Result, buffer.Length)) : AwaitAsync(read, buffer.Length, cancellationToken);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("An answer's body is read asynchronously.");

    /// <summary>Writes to a connection that has left HTTP.</summary>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await inner.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not FaultException)
        {
            throw attempt.OfBody(exception, cancellationToken);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            attempt.Dispose();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> AwaitAsync(ValueTask<int> read, int wanted, CancellationToken cancellationToken)
    {
        var timer = attempt.Timer;
        timer.Resume();

        // The usual caller reads with the token of its call, which the timer follows already.
        var registration = cancellationToken.CanBeCanceled && cancellationToken != timer.Caller
            ? cancellationToken.UnsafeRegister(static state => ((AttemptTimer)state!).Cancel(), timer)
            : default;
        try
        {
            return Took(await read.ConfigureAwait(false), wanted);
        }
        catch (Exception exception) when (exception is not FaultException)
        {
            throw attempt.OfBody(exception, cancellationToken);
        }
        finally
        {
            timer.End();
            await registration.DisposeAsync().ConfigureAwait(false);
        }
    }

    private int Took(int bytes, int wanted)
    {
        if (bytes > 0)
            attempt.Received(bytes);
        else if (wanted > 0)
            attempt.BodyEnded();
        return bytes;
    }
}
