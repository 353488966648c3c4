using System.IO.Pipelines;

namespace MultiCluster.Sandbox.Containers;

/// <summary>A pipe between two programs: holds 64 KiB, as Linux' does, and breaks when its reader is gone.</summary>
internal sealed class ProgramPipe
{
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 64 * 1024, resumeWriterThreshold: 32 * 1024, useSynchronizationContext: false));

    public ProgramPipe()
    {
        Input = _pipe.Reader.AsStream();
        Output = new ProgramOutput(WriteAsync);
    }

    /// <summary>What reads it without copying.</summary>
    public PipeReader Reader => _pipe.Reader;

    /// <summary>Where it is read.</summary>
    public Stream Input { get; }

    /// <summary>Where it is written.</summary>
    public Stream Output { get; }

    /// <summary>The reader comes to its end.</summary>
    public void EndOutput() => _pipe.Writer.Complete();

    /// <summary>The writer gets a <see cref="BrokenPipeException"/>.</summary>
    public void EndInput() => _pipe.Reader.Complete();

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var written = await _pipe.Writer.WriteAsync(bytes, cancellationToken);
        if (written.IsCompleted) throw new BrokenPipeException();
    }
}
