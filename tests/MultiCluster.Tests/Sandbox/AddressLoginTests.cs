using System.Net;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Hosting;

namespace MultiCluster.Tests.Sandbox;

public sealed class AddressLoginTests
{
    [Fact]
    public async Task A_fleet_without_TLS_takes_the_login_from_its_address()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Tls = false }, stop);
        var cluster = fleet.Clusters[0];
        using var http = new HttpClient { BaseAddress = cluster.Server };

        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/api/v1/nodes", stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync($"{AddressLogin.Of("no-such-token")}/api/v1/nodes", stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/as/no-digits/api/v1/nodes", stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync($"{AddressLogin.Of(cluster.LimitedUser.Token!)}/api/v1/nodes", stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync($"{AddressLogin.Of(cluster.AdminToken)}/api/v1/nodes", stop)).StatusCode);
    }
}
