using System.Text.Json.Nodes;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Kubelets;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Tests.Sandbox;

/// <summary>The contract, kept by the simulator.</summary>
public sealed class SimulatorContractTests(SimulatorContractTests.Simulator server) : ApiServerContract(server), IClassFixture<SimulatorContractTests.Simulator>
{
    public sealed class Simulator : ContractServer
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("simulator-contract-");
        private SimulatedFleet _fleet = null!;

        public override string LimitedName => "jane";

        public override Task ForgetOldVersionsAsync(string continuation)
        {
            _fleet.Clusters[0].Store.Compact();
            return Task.CompletedTask;
        }

        public override Task<string> KubeconfigAsync()
        {
            var path = Path.Combine(_folder.FullName, $"{Guid.NewGuid():n}.kubeconfig");
            _fleet.Clusters[0].WriteKubeconfig(path);
            return Task.FromResult(path);
        }

        public override Task<string> NodeAsync() => Task.FromResult("node-1");

        // Nothing acts by itself here: what a kubelet would say is said for it.
        public override async Task<string> RunAsync(string pods, string pod)
        {
            var created = await Admin.CreateAsync(pods, pod);
            var path = $"{pods}/{created["metadata"]!["name"]}";
            var statuses = created["spec"]!["containers"]!.AsArray().Select(container => new JsonObject
            {
                ["name"] = container!["name"]!.ToString(),
                ["state"] = container["image"]!.ToString() == NoImage
                    ? new JsonObject { ["waiting"] = new JsonObject { ["reason"] = "ErrImagePull" } }
                    : new JsonObject { ["running"] = new JsonObject { ["startedAt"] = "2026-01-01T00:00:00Z" } },
                ["restartCount"] = 0,
            });
            var status = new JsonObject { ["phase"] = "Running", ["containerStatuses"] = new JsonArray([.. statuses]) };
            await Admin.PatchAsync($"{path}/status", new JsonObject { ["status"] = status }.ToJsonString());
            return path;
        }

        protected override async Task StartAsync()
        {
            _fleet = await SimulatedFleet.StartAsync(new FleetOptions { Pods = 0, Version = "v1.20.2", LogLinesPerSecond = 0 }); // As the real server of the other half.
            var cluster = _fleet.Clusters[0];
            cluster.Store.Add("""{"apiVersion":"v1","kind":"Node","metadata":{"name":"node-1"},"status":{"conditions":[{"type":"Ready","status":"True"}]} }""");
            cluster.Containers.Protocols = [StreamProtocols.V5, StreamProtocols.V4]; // As a new kubelet behind an old server: kubectl speaks v5 alone.
            cluster.Watches.StreamingList = StreamingList.Unknown;
            Admin = new ApiClient(cluster.Server, cluster.CaPem, cluster.AdminToken);
            Limited = new ApiClient(cluster.Server, cluster.CaPem, cluster.LimitedUser.Token);
            BadToken = new ApiClient(cluster.Server, cluster.CaPem, "no-such-token");
        }

        protected override async Task StopAsync()
        {
            await _fleet.DisposeAsync();
            _folder.Delete(recursive: true);
        }
    }
}
