using System.Collections.Concurrent;
using System.Text;
using MultiCluster.Exec.Terminals;

namespace MultiCluster.Tests.Exec.Terminals;

/// <summary>A terminal without anybody before it: a test types, and looks at what was shown.</summary>
internal sealed class TestTerminal : LocalTerminal
{
    private readonly BlockingCollection<byte[]> _typed = [];
    private readonly MemoryStream _shown = new();
    private (int Width, int Height) _size = (80, 24);

    public override (int Width, int Height) Size => _size;

    public bool IsGivenBack { get; private set; }

    public string Shown
    {
        get
        {
            lock (_shown)
                return Encoding.UTF8.GetString(_shown.ToArray());
        }
    }

    public void Type(string keys) => _typed.Add(Encoding.UTF8.GetBytes(keys));

    public void Resize(int width, int height) => _size = (width, height);

    public override int Read(Span<byte> keys)
    {
        if (!_typed.TryTake(out var typed, TimeSpan.FromMilliseconds(20)))
            return 0;
        typed.CopyTo(keys);
        return typed.Length;
    }

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_shown)
            _shown.Write(bytes);
    }

    public override void Dispose() => IsGivenBack = true;
}
