using System.IO.Pipelines;

namespace MultiCluster.Sandbox.Api;

/// <summary>Collects lines for one write to the socket.</summary>
internal sealed class LineWriter(PipeWriter writer)
{
    private const int Enough = 64 * 1024;

    private long _pending;

    /// <summary>True when what is collected should be sent.</summary>
    public bool IsFull => _pending >= Enough;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        var room = writer.GetSpan(bytes.Length);
        if (room.Length < bytes.Length) throw new IOException("The client has gone."); // Kestrel hands out an empty span then
        bytes.CopyTo(room);
        writer.Advance(bytes.Length);
        _pending += bytes.Length;
    }

    /// <summary>Sends what is collected; waits while the client does not read.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_pending == 0) return;
        _pending = 0;
        await writer.FlushAsync(cancellationToken);
    }
}
