using System.Net;
using System.Net.Sockets;
using MultiCluster.Faults;
using MultiCluster.Forwarding;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Forwarding;

/// <summary>Where a forward listens, and how many connections it has at once.</summary>
public sealed class LocalListenerTests
{
    [Fact]
    public void A_free_port_is_the_same_for_all_addresses()
    {
        using var listener = LocalListener.Open(ListenAddresses.Loopback, 0);

        Assert.Single(listener.Sockets.Select(static socket => ((IPEndPoint)socket.LocalEndPoint!).Port).Distinct());
        Assert.Equal(IPAddress.Loopback, listener.EndPoint.Address);
    }

    [Fact]
    public void A_port_that_is_taken_is_named()
    {
        using var first = LocalListener.Open(ListenAddresses.Loopback, 0);

        var fault = Assert.Throws<FaultException>(() => LocalListener.Open(ListenAddresses.Loopback, first.EndPoint.Port)).Fault;

        Assert.Equal((FaultPhase.Conflict, $"cannot listen on port {first.EndPoint.Port} of 127.0.0.1: the port is taken."), (fault.Phase, fault.Message));
    }

    [Fact]
    public void A_port_that_is_taken_for_one_address_is_taken_for_none()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "This machine has no IPv6.");
        using var first = LocalListener.Open(ListenAddresses.Of(["::1"]), 0);

        Assert.Contains("of ::1: the port is taken", Assert.Throws<FaultException>(() => LocalListener.Open(ListenAddresses.Loopback, first.EndPoint.Port)).Fault.Message, StringComparison.Ordinal);

        using var free = LocalListener.Open(ListenAddresses.Of(["127.0.0.1"]), first.EndPoint.Port);
    }

    [Fact]
    public void An_address_of_another_machine_is_refused() =>
        Assert.Equal(FaultPhase.Invalid, Assert.Throws<FaultException>(() => LocalListener.Open(ListenAddresses.Of(["192.0.2.1"]), 0)).Fault.Phase);

    [Theory]
    [InlineData("127.0.0.1", "http://127.0.0.1:{0}/")]
    [InlineData("0.0.0.0", "http://127.0.0.1:{0}/")]
    [InlineData("::1", "http://[::1]:{0}/")]
    public async Task The_address_is_one_by_which_this_machine_reaches_it(string address, string uri)
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6 || !address.Contains(':', StringComparison.Ordinal), "This machine has no IPv6.");
        await using var session = await TestSession.SelectedAsync(ForwardPods.Empty);
        session.Fleet.Clusters[0].AddPod("web-1");

        var forward = (await TestForwards.StartAsync(session, ForwardPods.One with { Addresses = ListenAddresses.Of([address]) })).One;

        Assert.Equal(string.Format(System.Globalization.CultureInfo.InvariantCulture, uri, forward.LocalPort), $"{forward.Uri}");
        Assert.Equal("web-1 /", await TestForwards.GetAsync(forward));
    }

    [Theory]
    [InlineData("nowhere.example")]
    [InlineData("300.1.1.1")]
    [InlineData("127.0.0.1:80")]
    public void What_is_no_address_is_refused(string text) => Assert.Equal(FaultPhase.Invalid, Assert.Throws<FaultException>(() => ListenAddresses.Of([text])).Fault.Phase);

    [Fact]
    public async Task A_connection_that_lingers_takes_no_place_and_the_oldest_of_too_many_goes()
    {
        var ended = new List<int>();
        using var places = new ConnectionPlaces(2);
        for (var i = 1; i <= 4; i++)
        {
            var place = await places.EnterAsync(TestContext.Current.CancellationToken);
            var number = i;
            place.Linger(() => ended.Add(number));
        }

        Assert.Equal([1, 2], ended);
        using var fifth = await places.EnterAsync(TestContext.Current.CancellationToken);
        using var sixth = await places.EnterAsync(TestContext.Current.CancellationToken);
        Assert.False(places.EnterAsync(TestContext.Current.CancellationToken).IsCompleted);
    }
}
