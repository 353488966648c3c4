namespace MultiCluster.Tests.Sandbox;

// Commands in containers, through the API server and what answers for the kubelet.
public abstract partial class ApiServerContract
{
    [Theory]
    [InlineData("none/exec?command=true", 404, "pods \"none\" not found")]
    [InlineData("one/exec?command=true&container=x", 400, "container x is not valid for pod one")]
    [InlineData("two/exec?command=true", 400, "a container name must be specified for pod two, choose one of: [a b]")]
    [InlineData("one/exec?command=true", 400, "pod one does not have a host assigned")]
    [InlineData("bound/exec?command=true", 404, "pods \"no-such-node\" not found")]
    [InlineData("none/attach", 404, "pods \"none\" not found")]
    [InlineData("one/attach", 400, "pod one does not have a host assigned")]
    [InlineData("two/attach", 400, "a container name must be specified for pod two, choose one of: [a b]")]
    [InlineData("none/portforward?ports=80", 404, "pods \"none\" not found")]
    [InlineData("one/portforward?ports=80", 400, "pod one does not have a host assigned")]
    public async Task A_stream_is_checked_before_a_kubelet_is_asked(string path, int status, string message)
    {
        var pods = $"/api/v1/namespaces/{await Server.NewNamespaceAsync()}/pods";
        await Admin.CreateAsync(pods, PodOf("one", "", "c"));
        await Admin.CreateAsync(pods, PodOf("two", "", "a", "b"));
        await Admin.CreateAsync(pods, PodOf("bound", "no-such-node", "c"));
        foreach (var method in (string[])["GET", "POST"])
        {
            var (code, body) = await ChannelClient.RefusedAsync(Admin, $"{pods}/{path}", ChannelClient.V4, method);
            Assert.True(status == code, body);
            Assert.Equal(message, Text(System.Text.Json.Nodes.JsonNode.Parse(body)!["message"]));
        }
    }

    [Fact]
    public async Task A_user_who_may_not_run_commands_is_told_so()
    {
        var path = "/api/v1/namespaces/default/pods/p/exec?command=true";
        var got = await ChannelClient.RefusedAsync(Server.Limited, path, ChannelClient.V4);
        Assert.Equal(403, got.Status);
        Assert.Contains("cannot get resource \\\"pods/exec\\\"", got.Body, StringComparison.Ordinal);
        var posted = await ChannelClient.RefusedAsync(Server.Limited, path, ChannelClient.V4, "POST");
        Assert.Contains("cannot create resource \\\"pods/exec\\\"", posted.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_needs_an_upgrade()
    {
        var pod = await RunningAsync();
        var status = await Admin.FailAsync(400, $"{pod}/exec?command=true");
        Assert.Equal("Upgrade request required", Text(status["message"]));
    }

    [Fact]
    public async Task A_command_needs_a_stream()
    {
        var (code, body) = await ChannelClient.RefusedAsync(Admin, $"{await RunningAsync()}/exec?command=true", ChannelClient.V4);
        Assert.Equal(400, code);
        Assert.Contains("you must specify at least 1 of stdin, stdout, stderr", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_nobody_asked_for_is_not_sent()
    {
        using var command = await ChannelClient.OpenAsync(Admin, $"{await RunningAsync()}/exec?stderr=true&command=sh&command=-c&command=echo%20out%3Becho%20err%3E%262", ChannelClient.V4);
        var result = await command.EndAsync();
        Assert.Equal(("", "err\n", 0), (result.Output, result.Error, result.ExitCode));
    }

    [Fact]
    public async Task A_command_writes_both_streams_and_ends_with_its_exit_code()
    {
        var result = await RunAsync("sh", "-c", "echo out; echo err >&2; exit 3");
        Assert.Equal("out\n", result.Output);
        Assert.Equal("err\n", result.Error);
        Assert.Equal(3, result.ExitCode);
        Assert.Equal("Failure", Text(result.Status!["status"]));
        Assert.Equal("ExitCode", Text(result.Status["details"]!["causes"]![0]!["reason"]));
        Assert.Equal("command terminated with non-zero exit code: error executing command [sh -c echo out; echo err >&2; exit 3], exit code 3", result.Message);
    }

    [Fact]
    public async Task A_command_that_succeeds_says_so()
    {
        var result = await RunAsync("hostname");
        Assert.Equal("one\n", result.Output);
        Assert.Equal("""{"metadata":{},"status":"Success"}""", result.Status!.ToJsonString());
    }

    [Fact]
    public async Task The_first_message_says_that_the_command_is_there()
    {
        using var command = await OpenAsync("&command=sleep&command=100");
        var first = await command.ReceiveAsync();
        Assert.Equal((1, 0), (first!.Value.Channel, first.Value.Bytes.Length));
    }

    [Fact]
    public async Task A_command_reads_what_is_sent()
    {
        using var command = await OpenAsync("&command=head&command=-n&command=2&stdin=true");
        await command.SendAsync(0, "one\ntw");
        await command.SendAsync(0, "o\nthree\n");
        var result = await command.EndAsync();
        Assert.Equal("one\ntwo\n", result.Output);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task With_v5_channel_255_ends_what_a_command_reads()
    {
        using var command = await ChannelClient.OpenAsync(Admin, $"{await RunningAsync()}/exec?stdin=true&stdout=true&command=wc&command=-c", ChannelClient.V5);
        await command.SendAsync(0, "12345");
        await command.SendAsync(255, [0]);
        var result = await command.EndAsync();
        Assert.Equal(("5\n", 0), (result.Output, result.ExitCode));
    }

    [Fact]
    public async Task Without_input_a_command_is_at_its_end_at_once() => Assert.Equal("", (await RunAsync("cat")).Output);

    [Fact]
    public async Task A_program_that_is_not_there_is_an_internal_error()
    {
        var result = await RunAsync("no-such-program");
        Assert.Equal("InternalError", Text(result.Status!["reason"]));
        Assert.Equal(500, result.Status["code"]!.GetValue<int>());
        Assert.Matches(
            "^Internal error occurred: error executing command in container: failed to exec in container: failed to start exec \"[0-9a-f]{64}\": "
            + "OCI runtime exec failed: exec failed: unable to start container process: exec: \"no-such-program\": executable file not found in \\$PATH: unknown$",
            result.Message);
    }

    [Fact]
    public async Task A_container_that_does_not_run_is_not_found()
    {
        var pods = $"/api/v1/namespaces/{await Server.NewNamespaceAsync()}/pods";
        var two = PodOf("one", await Server.NodeAsync(), "a", "b").Replace("\"b\",\"image\":\"i\"", $"\"b\",\"image\":\"{ContractServer.NoImage}\"", StringComparison.Ordinal);
        var pod = await Server.RunAsync(pods, two);
        var (code, body) = await ChannelClient.RefusedAsync(Admin, $"{pod}/exec?stdout=true&command=true&container=b", ChannelClient.V4);
        Assert.Equal(500, code);
        Assert.Contains("container not found (\"b\")", body.Replace("\\\"", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_terminal_has_one_output_a_size_and_an_echo()
    {
        using var command = await OpenAsync("&command=sh&stdin=true&tty=true");
        await command.SendAsync(4, """{"Width":100,"Height":40}""");
        await command.UntilAsync(1, text => text.EndsWith("# ", StringComparison.Ordinal));
        await command.SendAsync(0, "stty size; echo err >&2\r");
        var shown = await command.UntilAsync(1, text => text.EndsWith("# ", StringComparison.Ordinal));
        Assert.Contains("stty size; echo err >&2\r\n40 100\r\nerr\r\n", shown, StringComparison.Ordinal);
        await command.SendAsync(0, "exit 4\r");
        Assert.Equal(4, (await command.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task A_terminal_is_resized_while_a_command_runs()
    {
        using var command = await OpenAsync("&command=sh&stdin=true&tty=true");
        foreach (var (width, height) in ((int, int)[])[(80, 24), (132, 50)])
        {
            await command.SendAsync(4, $$"""{"Width":{{width}},"Height":{{height}}}""");
            await command.UntilAsync(1, text => text.EndsWith("# ", StringComparison.Ordinal));
            await command.SendAsync(0, "stty size\r");
            await command.UntilAsync(1, text => text.Contains($"{height} {width}\r\n", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Control_C_ends_the_program_and_not_the_shell()
    {
        using var command = await OpenAsync("&command=sh&stdin=true&tty=true");
        await command.UntilAsync(1, text => text.EndsWith("# ", StringComparison.Ordinal));
        await command.SendAsync(0, "echo begin; sleep 1000\r");
        await command.UntilAsync(1, text => text.Contains("\nbegin\r\n", StringComparison.Ordinal));
        await command.SendAsync(0, "\u0003");
        await command.SendAsync(0, "echo code $?\r");
        await command.UntilAsync(1, text => text.Contains("code 130\r\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Control_C_takes_back_what_no_program_has_read()
    {
        using var command = await OpenAsync("&command=sh&stdin=true&tty=true");
        await command.UntilAsync(1, text => text.EndsWith("# ", StringComparison.Ordinal));
        for (var i = 0; i < 20; i++)
        {
            await command.SendAsync(0, "sleep 1000\rsleep 1000\r\u0003");
            await command.UntilAsync(1, text => text.EndsWith("^C\r\n/ # ", StringComparison.Ordinal));
        }
        await command.SendAsync(0, "echo code $?\r");
        await command.UntilAsync(1, text => text.Contains("code 130\r\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_slow_reader_loses_nothing_of_a_large_output()
    {
        const int size = 20_000_000;
        using var command = await OpenAsync($"&command=head&command=-c&command={size}&command=/dev/zero");
        var received = 0L;
        while (await command.ReceiveAsync() is { } message)
        {
            if (message.Channel == 1) received += message.Bytes.Length;
            if (received < 1_000_000) await Task.Delay(TimeSpan.FromMilliseconds(5), TestContext.Current.CancellationToken);
        }
        Assert.Equal(size, received);
    }

    [Fact]
    public async Task A_pod_that_is_removed_ends_its_commands()
    {
        var pod = await RunningAsync();
        using var command = await ChannelClient.OpenAsync(Admin, $"{pod}/exec?stdout=true&command=sleep&command=1000", ChannelClient.V4);
        await command.ReceiveAsync();
        await Admin.DeleteAsync($"{pod}?gracePeriodSeconds=0");
        Assert.Equal(137, (await command.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task Who_attaches_gets_what_the_main_program_writes_and_types_into_it()
    {
        var pod = await RunningAsync("""
            "stdin":true,"command":["sh","-c","while read line; do echo got $line; done"],
            """);
        using var attached = await ChannelClient.OpenAsync(Admin, $"{pod}/attach?stdin=true&stdout=true&stderr=true", ChannelClient.V4);
        await attached.SendAsync(0, "one\n");
        await attached.UntilAsync(1, text => text.EndsWith("got one\n", StringComparison.Ordinal));
        using var log = await Admin.SendAsync(HttpMethod.Get, $"{pod}/log");
        Assert.Equal("got one\n", await log.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Who_attaches_to_a_terminal_gets_it()
    {
        var pod = await RunningAsync("""
            "stdin":true,"tty":true,"command":["sh"],
            """);
        using var attached = await ChannelClient.OpenAsync(Admin, $"{pod}/attach?stdin=true&stdout=true&tty=true", ChannelClient.V4);
        await attached.SendAsync(4, """{"Width":90,"Height":30}""");
        await attached.SendAsync(0, "\rstty size\r");
        await attached.UntilAsync(1, text => text.Contains("30 90\r\n", StringComparison.Ordinal));
        await attached.SendAsync(0, "exit 0\r");
        Assert.Equal("Success", Text((await attached.EndAsync()).Status!["status"]));
    }

    private async Task<CommandResult> RunAsync(params string[] command)
    {
        using var running = await OpenAsync(string.Concat(command.Select(word => $"&command={Uri.EscapeDataString(word)}")));
        return await running.EndAsync();
    }

    private async Task<ChannelClient> OpenAsync(string query) =>
        await ChannelClient.OpenAsync(Admin, $"{await RunningAsync()}/exec?stdout=true&stderr=true{query}", ChannelClient.V4);

    /// <summary>The path of a pod named <c>one</c> that runs, with the container <c>c</c> and the port 8080.</summary>
    private async Task<string> RunningAsync(string fields = "")
    {
        var pods = $"/api/v1/namespaces/{await Server.NewNamespaceAsync()}/pods";
        var pod = PodOf("one", await Server.NodeAsync(), "c").Replace("\"image\":\"i\"", $$"""{{fields}}"image":"i","ports":[{"containerPort":8080}]""", StringComparison.Ordinal);
        return await Server.RunAsync(pods, pod);
    }
}
