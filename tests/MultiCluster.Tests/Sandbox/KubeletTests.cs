using System.Text.Json.Nodes;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Containers;
using MultiCluster.Sandbox.Kubelets;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Sandbox;

/// <summary>What a real API server sees of the kubelet for tests.</summary>
[Trait("Category", "ControlPlane")]
public sealed class KubeletTests(KubeletTests.Servers servers) : IClassFixture<KubeletTests.Servers>
{
    private const string Pods = "/api/v1/namespaces/default/pods";

    private ApiClient Admin => servers.Admin;

    [Fact]
    public async Task Its_node_is_ready_and_has_its_port()
    {
        SkipWithoutServers();
        var node = await Admin.GetAsync("/api/v1/nodes/sandbox-node");
        Assert.Equal("True", $"{node["status"]!["conditions"]!.AsArray().Single(c => $"{c!["type"]}" == "Ready")!["status"]}");
        Assert.InRange(node["status"]!["daemonEndpoints"]!["kubeletEndpoint"]!["Port"]!.GetValue<int>(), 1, 65535);
        Assert.Null(node["spec"]!["taints"]);
    }

    [Fact]
    public async Task A_pod_runs_and_is_ready_with_an_address()
    {
        SkipWithoutServers();
        await CreateAsync("runs", """{"name":"c","image":"i"}""");
        var status = await StatusAsync("runs", s => $"{s["phase"]}" == "Running");
        Assert.Equal("True", $"{status["conditions"]!.AsArray().Single(c => $"{c!["type"]}" == "Ready")!["status"]}");
        Assert.NotNull(status["podIP"]);
        Assert.NotNull(status["containerStatuses"]![0]!["state"]!["running"]!["startedAt"]);
    }

    [Fact]
    public async Task A_pod_that_is_deleted_goes()
    {
        SkipWithoutServers();
        await CreateAsync("goes", """{"name":"c","image":"i"}""");
        await StatusAsync("goes", s => $"{s["phase"]}" == "Running");
        await Admin.DeleteAsync($"{Pods}/goes");
        await UntilAsync(async () =>
        {
            using var answer = await Admin.SendAsync(HttpMethod.Get, $"{Pods}/goes");
            return (int)answer.StatusCode == 404;
        });
    }

    [Fact]
    public async Task A_program_that_ends_ends_its_pod()
    {
        SkipWithoutServers();
        await CreateAsync("ends", """{"name":"c","image":"i","command":["sh","-c","echo bye; exit 4"]}""", "Never");
        var status = await StatusAsync("ends", s => $"{s["phase"]}" == "Failed");
        Assert.Equal(4, status["containerStatuses"]![0]!["state"]!["terminated"]!["exitCode"]!.GetValue<int>());
        using var log = await Admin.SendAsync(HttpMethod.Get, $"{Pods}/ends/log");
        Assert.Equal("bye\n", await log.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_image_that_cannot_be_had_leaves_a_container_waiting()
    {
        SkipWithoutServers();
        await CreateAsync("waits", $$"""{"name":"c","image":"{{ClusterControllers.UnpullableImage}}"}""");
        var status = await StatusAsync("waits", s => s["containerStatuses"] is not null);
        Assert.Equal(("Pending", "ErrImagePull"), ($"{status["phase"]}", $"{status["containerStatuses"]![0]!["state"]!["waiting"]!["reason"]}"));
    }

    [Fact]
    public async Task An_ephemeral_container_runs()
    {
        SkipWithoutServers();
        await CreateAsync("debugged", """{"name":"c","image":"i"}""");
        await StatusAsync("debugged", s => $"{s["phase"]}" == "Running");
        // As servers before 1.22 take it.
        await Admin.JsonAsync(HttpMethod.Put, $"{Pods}/debugged/ephemeralcontainers", 200, """
            {"apiVersion":"v1","kind":"EphemeralContainers","metadata":{"name":"debugged"},
             "ephemeralContainers":[{"name":"debug","image":"busybox","command":["sh","-c","echo hello"],"terminationMessagePolicy":"File","imagePullPolicy":"IfNotPresent"}]}
            """);
        await StatusAsync("debugged", s => s["ephemeralContainerStatuses"]?[0]?["state"]?["terminated"] is not null);
    }

    [Fact]
    public async Task A_container_of_processes_runs_the_machines_programs()
    {
        SkipWithoutProcesses();
        await CreateAsync("processes", """{"name":"c","image":"processes"}""");
        await StatusAsync("processes", s => $"{s["phase"]}" == "Running");
        var script = Uri.EscapeDataString("read line; echo $line; echo $HOSTNAME >&2; exit 9");
        using var command = await ChannelClient.OpenAsync(
            Admin, $"{Pods}/processes/exec?stdin=true&stdout=true&stderr=true&command=sh&command=-c&command={script}", ChannelClient.V4);
        await command.SendAsync(0, "typed\n");
        var result = await command.EndAsync();
        Assert.Equal(("typed\n", "processes\n", 9), (result.Output, result.Error, result.ExitCode));
    }

    [Fact]
    public async Task A_process_gets_a_real_terminal_that_is_resized()
    {
        SkipWithoutProcesses();
        await CreateAsync("terminals", """{"name":"c","image":"processes"}""");
        await StatusAsync("terminals", s => $"{s["phase"]}" == "Running");
        using var command = await ChannelClient.OpenAsync(Admin, $"{Pods}/terminals/exec?stdin=true&stdout=true&tty=true&command=sh", ChannelClient.V4);
        foreach (var (width, height) in ((int, int)[])[(80, 24), (132, 50)])
        {
            await command.SendAsync(4, $$"""{"Width":{{width}},"Height":{{height}}}""");
            await command.SendAsync(0, "stty size\r");
            await command.UntilAsync(1, text => text.Contains($"{height} {width}\r\n", StringComparison.Ordinal));
        }
        await command.SendAsync(0, "grep SigIgn /proc/self/status\r");
        await command.UntilAsync(1, static text => text.Contains("SigIgn:\t0000000000000000\r\n", StringComparison.Ordinal));
        // It says so itself: the shell has begun it, and Ctrl+C is its own. What dash is told while it begins a program, waits for that program's end.
        await command.SendAsync(0, "sh -c 'echo run\"\"ning; exec sleep 1000'\r");
        await command.UntilAsync(1, static text => text.Contains("running\r\n", StringComparison.Ordinal));
        await command.SendAsync(0, "\u0003");
        await command.UntilAsync(1, static text => text.Contains("# ", StringComparison.Ordinal) || text.Contains("$ ", StringComparison.Ordinal));
        await command.SendAsync(0, "exit 6\r");
        Assert.Equal(6, (await command.EndAsync()).ExitCode);
    }

    private static void SkipWithoutServers() => Assert.SkipWhen(ControlPlane.Missing is not null, ControlPlane.Missing ?? "");

    private static void SkipWithoutProcesses()
    {
        SkipWithoutServers();
        Assert.SkipUnless(PseudoTerminal.AreThere, "There are no pseudo-terminals, as on Windows and wine.");
    }

    private Task<JsonNode> CreateAsync(string name, string container, string restartPolicy = "Always") => Admin.CreateAsync(Pods, $$$"""
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{name}}}"},"spec":{"nodeName":"sandbox-node","restartPolicy":"{{{restartPolicy}}}","containers":[{{{container}}}]} }
        """);

    private async Task<JsonNode> StatusAsync(string pod, Func<JsonNode, bool> isAsWanted)
    {
        JsonNode status = null!;
        await UntilAsync(async () => isAsWanted(status = (await Admin.GetAsync($"{Pods}/{pod}"))["status"]!));
        return status;
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var left = 200; left > 0; left--)
        {
            if (await isSo()) return;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
        }
        Assert.Fail("It never came to that.");
    }

    public sealed class Servers : IAsyncLifetime
    {
        private ControlPlane? _servers;
        private Kubelet? _kubelet;

        public ApiClient Admin { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            if (ControlPlane.Missing is not null) return;
            _servers = await ControlPlane.StartAsync(extraFlags: "--feature-gates=EphemeralContainers=true");
            var folder = Path.GetDirectoryName(_servers.Kubeconfigs[0])!;
            var port = int.Parse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture) + 2;
            Admin = new ApiClient(new Uri($"https://127.0.0.1:{port}"), await File.ReadAllTextAsync(_servers.CaFile), "admin-token");
            _kubelet = await Kubelet.StartAsync(Admin.Http, new KubeletOptions { Image = image => image == "processes" ? new ContainerOptions { RunsProcesses = true } : null });
        }

        public async ValueTask DisposeAsync()
        {
            if (_kubelet is not null) await _kubelet.DisposeAsync();
            Admin?.Dispose();
            if (_servers is not null) await _servers.DisposeAsync();
        }
    }
}
