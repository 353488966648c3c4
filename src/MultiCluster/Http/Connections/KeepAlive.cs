using System.Net.Sockets;

namespace MultiCluster.Http;

/// <summary>
/// Finds out about a peer that has vanished while a watch is silent: after 30 s and three probes, where the system can be told so. Windows
/// before 1709, and whatever plays Windows, cannot: what is refused is left out, and never a reason not to connect.
/// </summary>
internal sealed class KeepAlive
{
    private static readonly (SocketOptionLevel Level, SocketOptionName Name, int Value)[] Options =
    [
        (SocketOptionLevel.Socket, SocketOptionName.KeepAlive, 1),
        (SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 30),
        (SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 10),
        (SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3),
    ];

    private volatile string? _remark;
    private volatile bool _told;

    /// <summary>Sets what the system takes; <paramref name="set"/> is the socket's own way to set an option.</summary>
    public void Apply(Action<SocketOptionLevel, SocketOptionName, int> set)
    {
        List<string>? refused = null;
        foreach (var (level, name, value) in Options)
        {
            try
            {
                set(level, name, value);
            }
            catch (SocketException exception)
            {
                (refused ??= []).Add($"{name} ({exception.SocketErrorCode})");
            }
        }

        if (refused is not null)
            _remark = $"this system does not take {string.Join(", ", refused)}: a peer that has vanished is noticed later";
    }

    /// <summary>What was refused; once, then null.</summary>
    public string? TakeRemark()
    {
        if (_told || _remark is not { } remark)
            return null;
        _told = true;
        return remark;
    }
}
