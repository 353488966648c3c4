using System.Threading.Channels;

namespace MultiCluster.Sandbox.Objects;

/// <summary>What a cursor's log is to it.</summary>
internal enum CursorState
{
    Open,

    /// <summary>The kind is gone, and all its writes are read.</summary>
    Closed,

    /// <summary>The watcher is too far behind; a server ends it.</summary>
    Overrun,
}

/// <summary>Where one watcher is in an <see cref="WriteLog"/>. For one reader.</summary>
internal sealed class WriteCursor(WriteLog log, long position, long opened, long version) : IDisposable
{
    private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { SingleReader = true });

    /// <summary>The version of the last event read, or where the cursor began.</summary>
    public long Version { get; private set; } = version;

    /// <summary>True when there is nothing to read.</summary>
    public bool IsAtEnd => log.IsAtEnd(this);

    internal long Position { get; set; } = position;

    /// <summary>Where the log ended when the watch began: what is before that does not count as lag.</summary>
    internal long Opened => opened;

    public CursorState Read(Span<StoredWrite> batch, out int count)
    {
        var state = log.Read(this, batch, out count);
        if (count > 0) Version = batch[count - 1].Version;
        return state;
    }

    /// <summary>Makes the reader look again.</summary>
    public void Wake() => _wakes.Writer.TryWrite(true);

    /// <summary>Waits until there may be something new.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await _wakes.Reader.ReadAsync(cancellationToken);

    public void Dispose() => log.Remove(this);
}
