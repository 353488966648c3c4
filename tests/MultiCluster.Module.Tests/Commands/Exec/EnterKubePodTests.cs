using System.Diagnostics;
using System.IO.Pipelines;
using System.Text;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Commands;
using MultiCluster.Sandbox.Containers;

namespace MultiCluster.Module.Tests.Commands.Exec;

/// <summary>Enter-KubePod, in a real PowerShell before a real pseudo-terminal where the platform has one.</summary>
public sealed class EnterKubePodTests(SharedFleet shared)
{
    [Fact]
    public void Without_a_terminal_it_refuses_politely()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");
        var run = shell.Run("Enter-KubePod -Name x");
        Assert.Equal("Kube.Invalid", run.Terminated!.Id());
        Assert.StartsWith("there is no terminal here", run.Terminated!.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_terminal_in_a_pod_takes_every_key_and_gives_the_prompt_back()
    {
        Assert.SkipUnless(PseudoTerminal.AreThere, "There are no pseudo-terminals, as on Windows and wine.");
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 1, Pods = 0, LogLinesPerSecond = 0 }, TestContext.Current.CancellationToken);
        fleet["sim-1"].Store.Add("""{"apiVersion":"v1","kind":"Node","metadata":{"name":"node-1"} }""");
        fleet["sim-1"].Store.Add(
            """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"web-1","namespace":"web"},"spec":{"nodeName":"node-1","containers":[{"name":"app","image":"i"}]},
             "status":{"phase":"Running","containerStatuses":[{"name":"app","state":{"running":{} },"restartCount":0,"containerID":"x"}]} }
            """);
        var home = Directory.CreateTempSubdirectory("multicluster-terminal-");
        var kubeconfig = Path.Combine(home.FullName, "kubeconfig");
        fleet.WriteKubeconfig(kubeconfig, UserKind.AdminToken);
        var powershell = await PowerShellProgram.FindAsync(TestContext.Current.CancellationToken);
        await using var screen = Screen.Start(
            powershell,
            $"Import-Module '{TestBuild.Of("ModuleLayout")}/MultiCluster.psd1'; $null = Select-KubeCluster sim-1; 'ready'; Enter-KubePod web-1 -Namespace web; \"code $LASTEXITCODE\"; Enter-KubePod web-1 -n web; \"left $LASTEXITCODE\"; $null = Read-Host 'still'; 'over'",
            home.FullName,
            kubeconfig);
        await screen.ShowsAsync("/ # ");
        await screen.TypeAsync("stty size; sleep 1000\r");
        await screen.ShowsAsync("25 90");
        await screen.TypeAsync("\u0003");
        await screen.ShowsAsync("^C");
        screen.Resize(100, 30);
        await screen.UntilAsync(async () =>
        {
            await screen.TypeAsync("stty size\r");
            return screen.Shown.Contains("30 100", StringComparison.Ordinal);
        });
        await screen.TypeAsync("exit 9\r");
        await screen.ShowsAsync("code 9");
        await screen.UntilAsync(() => Task.FromResult(screen.Shown[screen.Shown.LastIndexOf("code 9", StringComparison.Ordinal)..].Contains("/ # ", StringComparison.Ordinal)));
        await screen.TypeAsync("\u0010\u0011");
        await screen.ShowsAsync("left 0");
        await screen.TypeAsync("yes\r"); // the terminal is cooked again: the line is edited and echoed by PowerShell
        await screen.ShowsAsync("over");
        Assert.Equal(0, await screen.Ended);
        home.Delete(recursive: true);
    }

    /// <summary>A PowerShell before a pseudo-terminal of 90 x 25.</summary>
    private sealed class Screen : IAsyncDisposable
    {
        private readonly Pipe _keys = new();
        private readonly MemoryStream _shown = new();
        private readonly CancellationTokenSource _kill = new();
        private readonly Sandbox.Containers.Terminal _terminal;
        private int _answered;

        private Screen(PowerShellProgram powershell, string script, string home, string kubeconfig)
        {
            var shown = new ProgramOutput(ShowAsync);
            _terminal = new Sandbox.Containers.Terminal(Stream.Null);
            _terminal.Resize(90, 25);
            var start = powershell.StartInfo("-NoProfile", "-NoLogo", "-Command", script);
            start.WorkingDirectory = home;
            (start.Environment["HOME"], start.Environment["KUBECONFIG"], start.Environment["NO_COLOR"]) = (home, kubeconfig, "1");
            Ended = PseudoTerminal.RunAsync(start, _terminal, new ProgramStreams(_keys.Reader.AsStream(), shown, shown, _terminal), _kill.Token);
        }

        public Task<int> Ended { get; }

        public string Shown
        {
            get
            {
                lock (_shown)
                    return Encoding.UTF8.GetString(_shown.GetBuffer(), 0, (int)_shown.Length);
            }
        }

        public static Screen Start(PowerShellProgram powershell, string script, string home, string kubeconfig) => new(powershell, script, home, kubeconfig);

        public async Task TypeAsync(string keys) => await _keys.Writer.WriteAsync(Encoding.UTF8.GetBytes(keys));

        public void Resize(int columns, int rows) => _terminal.Resize(columns, rows);

        public Task ShowsAsync(string text) => UntilAsync(() => Task.FromResult(Shown.Contains(text, StringComparison.Ordinal)), text);

        public async Task UntilAsync(Func<Task<bool>> condition, string? what = null)
        {
            var limit = Stopwatch.StartNew();
            while (!await condition())
            {
                if (limit.Elapsed > TimeSpan.FromSeconds(60) || Ended.IsCompleted)
                    Assert.Fail($"This did not come: {what}. The screen: {Shown}");
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }
        }

        // A terminal that is asked says where its cursor is: before it reads a line, .NET asks, and takes what is typed for the answer.
        private async ValueTask ShowAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        {
            lock (_shown)
                _shown.Write(bytes.Span);
            for (; _answered < Shown.Split("\e[6n").Length - 1; _answered++)
                await TypeAsync("\e[1;1R");
        }

        public async ValueTask DisposeAsync()
        {
            await _kill.CancelAsync();
            await Ended.ContinueWith(static _ => { }, TaskScheduler.Default);
            _kill.Dispose();
        }
    }
}
