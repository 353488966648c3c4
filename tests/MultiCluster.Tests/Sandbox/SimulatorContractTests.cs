using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Tests.Sandbox;

/// <summary>The contract, kept by the simulator.</summary>
public sealed class SimulatorContractTests(SimulatorContractTests.Simulator server) : ApiServerContract(server), IClassFixture<SimulatorContractTests.Simulator>
{
    public sealed class Simulator : ContractServer
    {
        private SimulatedFleet _fleet = null!;

        public override string LimitedName => "jane";

        public override Task ForgetOldVersionsAsync(string continuation)
        {
            _fleet.Clusters[0].Store.Compact();
            return Task.CompletedTask;
        }

        protected override async Task StartAsync()
        {
            _fleet = await SimulatedFleet.StartAsync(new FleetOptions { Pods = 0, Version = "v1.20.2" }); // As the real server of the other half.
            var cluster = _fleet.Clusters[0];
            cluster.Watches.StreamingList = StreamingList.Unknown;
            Admin = new ApiClient(cluster.Server, cluster.CaPem, cluster.AdminToken);
            Limited = new ApiClient(cluster.Server, cluster.CaPem, cluster.LimitedUser.Token);
            BadToken = new ApiClient(cluster.Server, cluster.CaPem, "no-such-token");
        }

        protected override async Task StopAsync() => await _fleet.DisposeAsync();
    }
}
