using System.Buffers;
using System.IO.Pipelines;

namespace MultiCluster.Sandbox.Containers;

/// <summary>A <see cref="ProgramPipe"/> from a keyboard to a program: Ctrl+C throws away what was not read yet, as Linux' terminals do.</summary>
internal sealed class TypedPipe : PipeReader
{
    private readonly ProgramPipe _pipe = new();
    private ReadOnlySequence<byte> _shown;
    private long _written;
    private long _discarded; // of what was written
    private long _read;

    public TypedPipe() => Input = AsStream();

    /// <summary>Where it is read, by one reader.</summary>
    public Stream Input { get; }

    /// <summary>The reader comes to its end.</summary>
    public void EndOutput() => _pipe.EndOutput();

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Interlocked.Add(ref _written, bytes.Length);
        return _pipe.WriteAsync(bytes, cancellationToken);
    }

    /// <summary>What was written until now is not read any more.</summary>
    public void Discard() => Interlocked.Exchange(ref _discarded, Interlocked.Read(ref _written));

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var result = await _pipe.Reader.ReadAsync(cancellationToken);
            _shown = result.Buffer;
            var stale = Math.Min(_shown.Length, Interlocked.Read(ref _discarded) - _read);
            if (stale <= 0) return result;
            AdvanceTo(_shown.GetPosition(stale));
        }
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _read += _shown.Slice(0, consumed).Length;
        _pipe.Reader.AdvanceTo(consumed, examined);
    }

    public override bool TryRead(out ReadResult result) => throw new NotSupportedException();

    public override void CancelPendingRead() => _pipe.Reader.CancelPendingRead();

    public override void Complete(Exception? exception = null) => _pipe.EndInput();
}
