using System.Text;
using MultiCluster.Module.Pipeline;

namespace MultiCluster.Module.Commands.Exec;

/// <summary>What commands read: text line by line, or bytes, as PowerShell gives it to a native program.</summary>
internal sealed class CommandInput
{
    private readonly List<byte> _bytes = [];

    /// <summary>Whether there is any.</summary>
    public bool Any { get; private set; }

    /// <summary>All of it; null when there is none.</summary>
    public ReadOnlyMemory<byte>? Bytes => Any ? _bytes.ToArray() : null;

    /// <summary>Takes a text or bytes; false for all else.</summary>
    public bool TryTake(object? value)
    {
        switch (TargetValues.Unwrap(value))
        {
            case string text:
                _bytes.AddRange(Encoding.UTF8.GetBytes(text));
                _bytes.Add((byte)'\n');
                break;
            case byte one:
                _bytes.Add(one);
                break;
            case byte[] some:
                _bytes.AddRange(some);
                break;
            default:
                return false;
        }

        return Any = true;
    }

    /// <summary>Takes whatever is given by a parameter: what is neither text nor bytes as its text.</summary>
    public void Add(object? value)
    {
        if (!TryTake(value))
            TryTake($"{value}");
    }
}
