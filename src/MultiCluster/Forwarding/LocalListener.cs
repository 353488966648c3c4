using System.Net;
using System.Net.Sockets;

namespace MultiCluster.Forwarding;

/// <summary>The same port of one or more addresses of this machine, listened on.</summary>
internal sealed class LocalListener : IDisposable
{
    /// <summary>Connections that the system keeps until there is room for them.</summary>
    private const int Backlog = 512;

    /// <summary>A port that is free for one address may be taken for the next: then another one is drawn.</summary>
    private const int Draws = 20;

    private readonly IReadOnlyList<Socket> _sockets;

    private LocalListener(IReadOnlyList<Socket> sockets) => _sockets = sockets;

    /// <summary>What listens, one for each address.</summary>
    public IReadOnlyList<Socket> Sockets => _sockets;

    /// <summary>Where it listens first.</summary>
    public IPEndPoint EndPoint { get; private init; } = new(IPAddress.None, 0);

    /// <summary>Listens from now on.</summary>
    /// <param name="addresses">Where.</param>
    /// <param name="port">The port; 0 for one that is free.</param>
    /// <exception cref="Faults.FaultException">It is taken (Conflict), may not be listened on, or the address is none of this machine (Invalid).</exception>
    public static LocalListener Open(ListenAddresses addresses, int port)
    {
        for (var draw = 1; ; draw++)
        {
            var sockets = new List<Socket>();
            try
            {
                var chosen = port;
                foreach (var (address, mayMiss) in addresses.All)
                {
                    if (Listen(address, chosen, mayMiss) is not { } socket)
                        continue;
                    sockets.Add(socket);
                    chosen = ((IPEndPoint)socket.LocalEndPoint!).Port;
                }

                return new LocalListener(sockets) { EndPoint = (IPEndPoint)sockets[0].LocalEndPoint! };
            }
            catch (ListenException e)
            {
                foreach (var socket in sockets)
                    socket.Dispose();
                if (e.Cause.SocketErrorCode != SocketError.AddressAlreadyInUse || port != 0 || draw == Draws)
                    throw new Faults.FaultException(ForwardFaults.NotListening(e.EndPoint, e.Cause));
            }
        }
    }

    /// <summary>Listens no more, at once.</summary>
    public void Dispose()
    {
        foreach (var socket in _sockets)
            socket.Dispose();
    }

    private static Socket? Listen(IPAddress address, int port, bool mayMiss)
    {
        if (mayMiss && address.AddressFamily == AddressFamily.InterNetworkV6 && !Socket.OSSupportsIPv6)
            return null;
        Socket? socket = null;
        try
        {
            socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (OperatingSystem.IsWindows())
                socket.ExclusiveAddressUse = true; // there, another program could take the port over otherwise
            if (address.AddressFamily == AddressFamily.InterNetworkV6)
                socket.DualMode = false;
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen(Backlog);
            return socket;
        }
        catch (SocketException e)
        {
            socket?.Dispose();
            if (mayMiss && e.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
                return null;
            throw new ListenException(new IPEndPoint(address, port), e);
        }
    }

    private sealed class ListenException(IPEndPoint endPoint, SocketException cause) : Exception(cause.Message, cause)
    {
        public IPEndPoint EndPoint => endPoint;

        public SocketException Cause => cause;
    }
}
