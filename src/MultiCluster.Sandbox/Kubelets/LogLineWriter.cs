using MultiCluster.Sandbox.Logs;

namespace MultiCluster.Sandbox.Kubelets;

/// <summary>Makes lines of a log of what a program writes. Safe for concurrent use.</summary>
internal sealed class LogLineWriter(ContainerLog log)
{
    private readonly Lock _lock = new();
    private readonly List<byte> _line = [];

    public void Write(ReadOnlyMemory<byte> bytes)
    {
        lock (_lock)
        {
            while (bytes.Span.IndexOf((byte)'\n') is var end and >= 0)
            {
                _line.AddRange(bytes.Span[..(end + 1)]);
                log.Append(_line.ToArray());
                _line.Clear();
                bytes = bytes[(end + 1)..];
            }
            _line.AddRange(bytes.Span);
        }
    }

    /// <summary>Writes what has no end, as the program has ended.</summary>
    public void End()
    {
        lock (_lock)
        {
            if (_line.Count > 0) log.Append(_line.ToArray());
            _line.Clear();
        }
    }
}
