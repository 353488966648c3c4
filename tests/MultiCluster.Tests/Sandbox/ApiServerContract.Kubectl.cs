using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Sandbox;

// What a stranger's client makes of the streams.
public abstract partial class ApiServerContract
{
    [Fact]
    public async Task Kubectl_exec_gets_both_streams_and_the_exit_code()
    {
        var (exitCode, output, error) = await KubectlAsync(await RunningAsync(), null, "exec", "one", "--", "sh", "-c", "echo out; echo err >&2; exit 3");
        Assert.Equal("out\n", output);
        Assert.Equal("err\ncommand terminated with exit code 3\n", error);
        Assert.Equal(3, exitCode);
    }

    [Fact]
    public async Task Kubectl_exec_sends_its_input_and_its_end()
    {
        var text = string.Concat(Enumerable.Range(0, 50_000).Select(i => $"line {i}\n"));
        var (_, output, error) = await KubectlAsync(await RunningAsync(), text, "exec", "-i", "one", "--", "wc", "-l");
        Assert.Equal(("50000\n", ""), (output, error));
    }

    [Fact]
    public async Task Kubectl_exec_tells_of_a_program_that_is_not_there()
    {
        var (exitCode, _, error) = await KubectlAsync(await RunningAsync(), null, "exec", "one", "--", "no-such-program");
        Assert.Equal(1, exitCode);
        Assert.Contains("exec: \"no-such-program\": executable file not found in $PATH: unknown", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kubectl_cp_brings_a_folder_there_and_back()
    {
        var pod = await RunningAsync();
        var folder = Directory.CreateTempSubdirectory("kubectl-cp-").FullName;
        var sent = Directory.CreateDirectory(Path.Combine(folder, "sent", "sub dir")).Parent!.FullName;
        var bytes = new byte[3_000_000];
        new Random(1).NextBytes(bytes);
        await File.WriteAllBytesAsync(Path.Combine(sent, "big"), bytes, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(sent, "sub dir", "ünïcode"), "text", TestContext.Current.CancellationToken);
        Assert.Equal((0, ""), Ended(await KubectlAsync(pod, null, "cp", sent, "one:/tmp/there")));
        var back = await KubectlAsync(pod, null, "cp", "one:/tmp/there", Path.Combine(folder, "back"));
        Assert.True(back.ExitCode == 0, back.Error);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(folder, "back", "big"), TestContext.Current.CancellationToken));
        Assert.Equal("text", await File.ReadAllTextAsync(Path.Combine(folder, "back", "sub dir", "ünïcode"), TestContext.Current.CancellationToken));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Kubectl_attach_and_logs_show_what_the_main_program_writes()
    {
        var pod = await RunningAsync("""
            "stdin":true,"stdinOnce":true,"command":["sh","-c","while read line; do echo got $line; done; echo end"],
            """);
        var (_, output, _) = await KubectlAsync(pod, "one\ntwo\n", "attach", "-i", "one");
        Assert.Equal("got one\ngot two\nend\n", output);
        Assert.Equal("got one\ngot two\nend\n", (await KubectlAsync(pod, null, "logs", "one")).Output);
    }

    private async Task<(int ExitCode, string Output, string Error)> KubectlAsync(string pod, string? input, params string[] arguments)
    {
        Assert.SkipWhen(Kubectl.Missing is not null, Kubectl.Missing ?? "");
        return await Kubectl.RunAsync(await Server.KubeconfigAsync(), input, ["-n", pod.Split('/')[4], .. arguments]);
    }

    private static (int ExitCode, string Error) Ended((int ExitCode, string Output, string Error) result) => (result.ExitCode, result.Error);
}
