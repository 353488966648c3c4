using System.Net.WebSockets;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Access;
using MultiCluster.Sandbox.Containers;
using MultiCluster.Sandbox.Kubelets;

namespace MultiCluster.Tests.Sandbox;

/// <summary>Commands in simulated containers, as far as only newer servers, or the simulator's own options, have them.</summary>
public sealed class ExecTests
{
    [Fact]
    public async Task Any_running_pod_of_the_data_runs_commands()
    {
        await using var one = await OneCluster.StartAsync(new FleetOptions { Pods = 20 });
        foreach (var pod in one.Cluster.Store.List("pods").Where(p => p.ToJson()["status"]!["phase"]!.ToString() == "Running").Take(5))
        {
            var container = pod.ToJson()["spec"]!["containers"]![0]!["name"];
            var path = $"/api/v1/namespaces/{pod.Namespace}/pods/{pod.Name}/exec?stdout=true&command=hostname&container={container}";
            using var command = await ChannelClient.OpenAsync(one.Client, path, ChannelClient.V5);
            Assert.Equal($"{pod.Name}\n", (await command.EndAsync()).Output);
        }
    }

    [Fact]
    public async Task The_protocol_is_the_clients_first_that_the_cluster_speaks()
    {
        await using var one = await StartAsync();
        using var both = await OpenAsync(one, "command=true", ChannelClient.V5, ChannelClient.V4);
        Assert.Equal(ChannelClient.V5, both.Protocol);
        one.Cluster.Containers.Protocols = [StreamProtocols.V4];
        using var old = await OpenAsync(one, "command=true", ChannelClient.V5, ChannelClient.V4);
        Assert.Equal(ChannelClient.V4, old.Protocol);
        Assert.Equal((403, ""), await ChannelClient.RefusedAsync(one.Client, $"{Pod}/exec?stdout=true&command=true", ChannelClient.V5));
    }

    [Theory]
    [InlineData("v1.20.2", 403)]
    [InlineData("v1.29.9", 403)]
    [InlineData("v1.30.0", 101)]
    public async Task A_version_decides_which_protocols_are_spoken(string version, int status)
    {
        await using var one = await StartAsync(version);
        Assert.Equal(status, (await ChannelClient.RefusedAsync(one.Client, $"{Pod}/exec?stdout=true&command=true", ChannelClient.V5)).Status);
    }

    [Fact]
    public async Task With_v5_the_server_tells_what_its_kubelet_says()
    {
        await using var one = await StartAsync();
        using var missing = await OpenAsync(one, "command=no-such");
        Assert.StartsWith("Internal error occurred: Internal error occurred: error executing command in container: ", (await missing.EndAsync()).Message, StringComparison.Ordinal);
        using var exits = await OpenAsync(one, "command=false");
        Assert.Equal("command terminated with non-zero exit code: command terminated with exit code 1", (await exits.EndAsync()).Message);
        one.Cluster.Logs.End("default", "one", "c");
        using var ended = await OpenAsync(one, "command=true");
        Assert.Equal("Internal error occurred: unable to upgrade connection: container not found (\"c\")", (await ended.EndAsync()).Message);
    }

    [Fact]
    public async Task The_end_of_the_connection_ends_the_program()
    {
        var ended = new TaskCompletionSource();
        await using var one = await StartAsync();
        one.Cluster.Containers.Use("default", "one", new ContainerOptions
        {
            Programs = new Dictionary<string, ContainerProgram>
            {
                ["wait"] = async context =>
                {
                    await context.WriteLineAsync("begun");
                    using var told = context.Ended.Register(ended.SetResult);
                    await Task.Delay(Timeout.Infinite, context.Ended);
                    return 0;
                },
            },
        });
        using (var command = await OpenAsync(one, "command=wait")) await command.UntilAsync(1, text => text == "begun\n");
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => one.Cluster.ActiveRequests == 0);
    }

    [Fact]
    public async Task The_end_of_the_connection_is_seen_behind_input_that_nobody_reads()
    {
        await using var one = await StartAsync();
        using (var command = await OpenAsync(one, "command=sleep&command=1000&stdin=true")) await command.SendAsync(0, new byte[300_000]);
        await Eventually.TrueAsync(() => one.Cluster.ActiveRequests == 0);
    }

    [Fact]
    public async Task A_pod_that_goes_takes_its_files_with_it()
    {
        await using var one = await StartAsync();
        using var command = await OpenAsync(one, "command=sh&command=-c&command=echo%20text%20%3E%20/tmp/f%3B%20echo%20there%3B%20sleep%201000");
        await command.UntilAsync(1, text => text == "there\n");
        var root = one.Cluster.Containers.FilesOf("default", "one", "c").Root;
        Assert.True(Directory.Exists(root));
        one.Cluster.Store.Remove("pods", "default", "one");
        Assert.Equal(137, (await command.EndAsync()).ExitCode);
        await Eventually.TrueAsync(() => !Directory.Exists(root));
    }

    [Fact]
    public async Task A_program_waits_for_a_reader_that_does_not_read()
    {
        var written = 0L;
        await using var one = await StartAsync();
        one.Cluster.Containers.Use("default", "one", new ContainerOptions
        {
            Programs = new Dictionary<string, ContainerProgram>
            {
                ["flood"] = async context =>
                {
                    var block = new byte[32 * 1024];
                    while (true)
                    {
                        await context.Output.WriteAsync(block, context.Ended);
                        Interlocked.Add(ref written, block.Length);
                    }
                },
            },
        });
        using var command = await OpenAsync(one, "command=flood");
        var (seen, same) = (0L, 0);
        await Eventually.TrueAsync(() =>
        {
            var now = Interlocked.Read(ref written);
            same = now > 0 && now == seen ? same + 1 : 0;
            seen = now;
            return same >= 20;
        });
        Assert.InRange(seen, 1, 50_000_000);
    }

    [Fact]
    public async Task An_image_may_have_no_shell_and_no_tar()
    {
        await using var one = await StartAsync();
        one.Cluster.Containers.UseForImage("i", new ContainerOptions { HasShell = false, HasTar = false });
        foreach (var program in (string[])["sh", "tar"])
        {
            using var command = await OpenAsync(one, $"command={program}");
            Assert.Contains($"exec: \"{program}\": executable file not found in $PATH: unknown", (await command.EndAsync()).Message, StringComparison.Ordinal);
        }
        using var byPath = await OpenAsync(one, "command=/bin/sh");
        Assert.Contains("exec: \"/bin/sh\": stat /bin/sh: no such file or directory: unknown", (await byPath.EndAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_sees_the_files_of_a_container()
    {
        await using var one = await StartAsync();
        using var command = await OpenAsync(one, "command=sh&command=-c&command=echo%20text%20%3E%20/tmp/f");
        Assert.Equal(0, (await command.EndAsync()).ExitCode);
        var files = one.Cluster.Containers.FilesOf("default", "one", "c");
        Assert.Equal("text\n", await File.ReadAllTextAsync(files.Locate("/tmp/f"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_node_that_goes_takes_its_streams_with_it()
    {
        await using var one = await StartAsync();
        using var command = await OpenAsync(one, "command=sleep&command=1000");
        await command.ReceiveAsync();
        one.Cluster.Store.Remove("nodes", null, "node-1");
        await Assert.ThrowsAsync<WebSocketException>(command.ReceiveAsync);
    }

    [Fact]
    public async Task A_user_needs_the_verb_of_the_method()
    {
        await using var one = await StartAsync();
        one.Cluster.LimitedUser.Rules = [new AccessRule("create", "pods/exec", "default")];
        using var jane = one.NewClient(one.Cluster.LimitedUser.Token);
        Assert.Equal(403, (await ChannelClient.RefusedAsync(jane, $"{Pod}/exec?stdout=true&command=true", ChannelClient.V4)).Status);
        Assert.Equal(101, (await ChannelClient.RefusedAsync(jane, $"{Pod}/exec?stdout=true&command=true", ChannelClient.V4, "POST")).Status);
    }

    [Fact]
    public async Task A_new_server_wants_the_verb_create_whatever_the_method()
    {
        await using var one = await StartAsync("v1.35.0");
        one.Cluster.LimitedUser.Rules = [new AccessRule("get", "pods/exec", "default")];
        using var jane = one.NewClient(one.Cluster.LimitedUser.Token);
        var (status, body) = await ChannelClient.RefusedAsync(jane, $"{Pod}/exec?stdout=true&command=true", ChannelClient.V4);
        Assert.Equal(403, status);
        Assert.Contains("cannot create resource \\\"pods/exec\\\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_can_be_anything_that_a_test_wants()
    {
        await using var one = await StartAsync();
        one.Cluster.Containers.Use("default", "one", new ContainerOptions
        {
            Ports = new Dictionary<int, Func<Stream, CancellationToken, Task>> { [7] = (connection, cancellationToken) => connection.CopyToAsync(connection, cancellationToken) },
        });
        using var port = await ChannelClient.OpenAsync(one.Client, $"{Pod}/portforward?ports=7", ChannelClient.V4);
        await port.SendAsync(0, "echo");
        await port.UntilAsync(0, text => text.EndsWith("echo", StringComparison.Ordinal));
    }

    private const string Pod = "/api/v1/namespaces/default/pods/one";

    private static Task<ChannelClient> OpenAsync(OneCluster one, string query, params string[] protocols) =>
        ChannelClient.OpenAsync(one.Client, $"{Pod}/exec?stdout=true&stderr=true&{query}", protocols.Length == 0 ? [ChannelClient.V5] : protocols);

    private static async Task<OneCluster> StartAsync(string version = "v1.33.1")
    {
        var one = await OneCluster.StartAsync(new FleetOptions { Pods = 0, Version = version });
        RunningPod.Add(one);
        return one;
    }
}
