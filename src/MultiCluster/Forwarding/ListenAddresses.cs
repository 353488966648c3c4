using System.Net;
using System.Net.Sockets;
using MultiCluster.Faults;

namespace MultiCluster.Forwarding;

/// <summary>The addresses of this machine on which a forward listens.</summary>
internal sealed class ListenAddresses
{
    private ListenAddresses(IReadOnlyList<(IPAddress Address, bool MayMiss)> all) => All = all;

    /// <summary>127.0.0.1, and ::1 where there is one: what <c>localhost</c> may mean to a client.</summary>
    public static ListenAddresses Loopback => new([(IPAddress.Loopback, false), (IPAddress.IPv6Loopback, true)]);

    /// <summary>The addresses, the one that clients are told first; and whether it may be missing.</summary>
    public IReadOnlyList<(IPAddress Address, bool MayMiss)> All { get; }

    /// <summary>Reads <c>localhost</c> and addresses.</summary>
    /// <exception cref="FaultException">A text is neither (Invalid).</exception>
    public static ListenAddresses Of(IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
            return Loopback;
        var all = new List<(IPAddress, bool)>();
        foreach (var text in texts.SelectMany(static text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            if (text.Equals("localhost", StringComparison.OrdinalIgnoreCase))
                all.AddRange(Loopback.All);
            else if (IPAddress.TryParse(text.Trim('[', ']'), out var address))
                all.Add((address, false));
            else
                throw new FaultException(FaultPhase.Invalid, $"'{text}' is no address to listen on", "Write localhost, or an IP address of this machine; 0.0.0.0 means all of them.");
        }

        return new ListenAddresses([.. all.DistinctBy(static one => one.Item1)]);
    }

    /// <summary>The address by which a client of this machine reaches what listens on <paramref name="address"/>.</summary>
    public static IPAddress Reached(IPAddress address) =>
        address.Equals(IPAddress.Any) ? IPAddress.Loopback : address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : address;

    /// <summary>An address as a URI has it.</summary>
    public static string InUri(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : $"{address}";
}
