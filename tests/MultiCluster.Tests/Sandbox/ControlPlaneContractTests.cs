using System.Net;
using MultiCluster.Sandbox.Kubelets;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Sandbox;

/// <summary>The same contract, kept by a real API server: so the simulator cannot drift into a friendlier world.</summary>
[Trait("Category", "ControlPlane")]
public sealed class ControlPlaneContractTests(ControlPlaneContractTests.RealServer server) : ApiServerContract(server), IClassFixture<ControlPlaneContractTests.RealServer>
{
    public sealed class RealServer : ContractServer
    {
        private ControlPlane _servers = null!;
        private Kubelet _kubelet = null!;

        public override string? Missing => ControlPlane.Missing;

        public override string LimitedName => "limited";

        public override async Task ForgetOldVersionsAsync(string continuation)
        {
            // etcd is compacted every 5 s, to what was the newest version 5 s before.
            for (var left = 60; left > 0; left--)
            {
                using var response = await Admin.SendAsync(HttpMethod.Get, continuation);
                if (response.StatusCode == HttpStatusCode.Gone) return;
                await Admin.CreateAsync("/api/v1/namespaces/default/configmaps", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"generateName":"tick-"}}""");
                await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
            }
        }

        public override Task<string> KubeconfigAsync() => Task.FromResult(_servers.Kubeconfigs[0]);

        public override Task<string> NodeAsync() => Task.FromResult(_kubelet.NodeName);

        public override async Task<string> RunAsync(string pods, string pod)
        {
            var created = await Admin.CreateAsync(pods, pod);
            var path = $"{pods}/{created["metadata"]!["name"]}";
            for (var left = 200; left > 0; left--)
            {
                if ((await Admin.GetAsync(path))["status"]!["phase"]?.ToString() == "Running") return path;
                await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
            }
            throw new InvalidOperationException($"{path} does not run.");
        }

        protected override async Task StartAsync()
        {
            _servers = await ControlPlane.StartAsync(extraFlags: "--etcd-compaction-interval=5s");
            var folder = Path.GetDirectoryName(_servers.Kubeconfigs[0])!;
            var server = new Uri($"https://127.0.0.1:{int.Parse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture) + 2}");
            var ca = await File.ReadAllTextAsync(_servers.CaFile);
            Admin = new ApiClient(server, ca, "admin-token");
            Limited = new ApiClient(server, ca, "limited-token");
            BadToken = new ApiClient(server, ca, "no-such-token");
            _kubelet = await Kubelet.StartAsync(Admin.Http, new KubeletOptions { UnpullableImage = NoImage });
            _kubelet.Containers.Protocols = [StreamProtocols.V5, StreamProtocols.V4]; // As a new kubelet behind an old server: kubectl speaks v5 alone.
        }

        protected override async Task StopAsync()
        {
            await _kubelet.DisposeAsync();
            await _servers.DisposeAsync();
        }
    }
}
