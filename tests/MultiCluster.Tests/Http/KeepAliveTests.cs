using System.Net.Sockets;
using MultiCluster.Http;

namespace MultiCluster.Tests.Http;

public sealed class KeepAliveTests
{
    [Fact]
    public void What_the_system_refuses_is_left_out_and_the_rest_is_set()
    {
        var set = new List<SocketOptionName>();
        var keepAlive = new KeepAlive();

        keepAlive.Apply((_, name, _) =>
        {
            if (name == SocketOptionName.TcpKeepAliveTime)
                throw new SocketException((int)SocketError.ProtocolOption);
            set.Add(name);
        });

        Assert.Equal([SocketOptionName.KeepAlive, SocketOptionName.TcpKeepAliveInterval, SocketOptionName.TcpKeepAliveRetryCount], set);
    }

    [Fact]
    public void It_is_said_once()
    {
        var keepAlive = new KeepAlive();
        for (var connection = 0; connection < 2; connection++)
            keepAlive.Apply(static (_, _, _) => throw new SocketException((int)SocketError.ProtocolOption));

        Assert.StartsWith("this system does not take KeepAlive (ProtocolOption), TcpKeepAliveTime (ProtocolOption), ", keepAlive.TakeRemark(), StringComparison.Ordinal);
        Assert.Null(keepAlive.TakeRemark());
    }

    [Fact]
    public void Nothing_is_said_where_all_is_taken()
    {
        var keepAlive = new KeepAlive();

        keepAlive.Apply(static (_, _, _) => { });

        Assert.Null(keepAlive.TakeRemark());
    }

    [Fact]
    public void This_systems_sockets_can_be_asked()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);

        new KeepAlive().Apply(socket.SetSocketOption);

        Assert.NotEqual(0, (int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive)!);
    }
}
