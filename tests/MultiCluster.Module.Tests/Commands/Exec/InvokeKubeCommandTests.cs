using MultiCluster.Exec;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Containers;

namespace MultiCluster.Module.Tests.Commands.Exec;

/// <summary>Invoke-KubeCommand over two simulated clusters.</summary>
public sealed class InvokeKubeCommandTests : IAsyncLifetime
{
    private SimulatedFleet _fleet = null!;
    private Shell _shell = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 0, LogLinesPerSecond = 0 }, TestContext.Current.CancellationToken);
        foreach (var cluster in _fleet.Clusters)
        {
            cluster.Store.Add("""{"apiVersion":"v1","kind":"Node","metadata":{"name":"node-1"} }""");
            AddPod(cluster, "web-1");
            AddPod(cluster, "web-2");
        }

        _shell = new Shell(_fleet).Select("*");
    }

    public async ValueTask DisposeAsync()
    {
        _shell.Dispose();
        await _fleet.DisposeAsync();
    }

    [Fact]
    public void A_command_writes_lines_with_their_source()
    {
        var lines = _shell.Run("Invoke-KubeCommand -Name web-* -n web -- echo 'a  b' -n 010 1e3").Of<KubeCommandOutput>();
        Assert.Equal(4, lines.Count);
        Assert.All(lines, static line => Assert.Equal(("a  b -n 010 1e3", "web", "app", CommandStream.Output), (line.Line, line.Namespace, line.Container, line.Stream)));
        Assert.Equal(2, lines.Select(static line => line.ClusterId).Distinct().Count());
    }

    [Fact]
    public void Pods_are_piped_in_and_aggregated_by_cluster()
    {
        var run = _shell.Run("Get-KubePod -n web -LabelSelector app=web | Invoke-KubeCommand hostname | Group-Object ClusterName -NoElement | Sort-Object Name | ForEach-Object { \"$($_.Name) $($_.Count)\" }");
        Assert.Equal(["sim-1 2", "sim-2 2"], run.Of<string>());
        Assert.Empty(run.Errors);
    }

    [Fact]
    public void Rows_from_a_file_lead_to_their_pods()
    {
        var run = _shell.Run("Get-KubePod web-1 -n web | ConvertTo-Csv | ConvertFrom-Csv | Invoke-KubeCommand hostname | ForEach-Object Line");
        Assert.Equal(["web-1", "web-1"], run.Of<string>());
    }

    [Fact]
    public void An_exit_code_is_an_error_of_its_pod_with_what_was_said()
    {
        var run = _shell.Run("Invoke-KubeCommand -Name web-1 -n web -Shell 'echo out; echo bad >&2; exit 7'");
        Assert.Equal(2, run.Errors.Count);
        Assert.All(run.Errors, static error => Assert.Equal("Kube.CommandFailed", error.Id()));
        Assert.Contains("cannot run 'echo out; echo bad >&2; exit 7' in web/web-1: it ended with exit code 7: bad", run.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Equal([7, 7], _shell.Run("(Get-KubeFanOut).Clusters.Results.ExitCode").Of<int>());
    }

    [Fact]
    public void Raw_gives_one_result_for_each_pod()
    {
        var results = _shell.Run("Invoke-KubeCommand -Name web-* -n web -Raw -- sh -c 'echo one; echo two'").Of<KubeCommandResult>();
        Assert.Equal(4, results.Count);
        Assert.All(results, static result => Assert.Equal((0, "one\ntwo\n"), (result.ExitCode, result.Output)));
    }

    [Fact]
    public void Text_that_is_piped_in_is_read_in_every_pod()
    {
        Assert.Equal(["3", "3", "3", "3"], _shell.Run("'a','b','c' | Invoke-KubeCommand -Name web-* -n web -- wc -l | ForEach-Object { $_.Line.Trim() }").Of<string>());
        Assert.Equal(["2", "2"], _shell.Run("Get-KubePod web-1 -n web | Invoke-KubeCommand -StandardInput 'x','y' -- wc -l | ForEach-Object { $_.Line.Trim() }").Of<string>());
    }

    [Fact]
    public void Bytes_leave_as_bytes()
    {
        var run = _shell.Run("""
            $all = Invoke-KubeCommand -Name web-1 -n web -Cluster sim-1 -AsByteStream -- head -c 100000 /dev/zero
            ($all | ForEach-Object Length | Measure-Object -Sum).Sum
            $all[0].Pod
            $all[0].GetType().FullName
            """);
        Assert.Equal(["100000", "web-1", "System.Byte[]"], run.Of<object>().Select(static value => $"{value}"));
    }

    [Fact]
    public void A_protected_cluster_asks_and_WhatIf_runs_nothing()
    {
        _shell.Run("Set-KubeCluster sim-1 -Protected");
        var refused = _shell.Run("Invoke-KubeCommand -Name web-1 -n web -- hostname");
        Assert.Equal("Kube.Protected", refused.Error.Id());
        Assert.Equal("sim-2", Assert.Single(refused.Of<KubeCommandOutput>()).ClusterName);
        Assert.Equal(2, _shell.Run("Invoke-KubeCommand -Name web-1 -n web -AllowProtected -- hostname").Of<KubeCommandOutput>().Count);
        var before = _fleet.Clusters.Sum(static cluster => cluster.Requests.All.Count(static request => request.Path.Contains("/exec", StringComparison.Ordinal)));
        Assert.Empty(_shell.Run("Invoke-KubeCommand -Name web-1 -n web -WhatIf -- hostname").Of<KubeCommandOutput>());
        Assert.Contains(_shell.Host.Lines, static line => line.Contains("Run 'hostname'", StringComparison.Ordinal));
        Assert.Equal(before, _fleet.Clusters.Sum(static cluster => cluster.Requests.All.Count(static request => request.Path.Contains("/exec", StringComparison.Ordinal))));
    }

    [Fact]
    public void A_pod_that_hangs_ends_with_its_time()
    {
        _fleet["sim-1"].Containers.Use("web", "web-1", new ContainerOptions
        {
            Programs = new Dictionary<string, ContainerProgram>
            {
                ["work"] = static async context =>
        {
            await Task.Delay(Timeout.Infinite, context.Ended);
            return 0;
        }
            }
        });
        _fleet["sim-2"].Containers.Use("web", "web-1", new ContainerOptions { Programs = new Dictionary<string, ContainerProgram> { ["work"] = static _ => Task.FromResult(0) } });
        var run = _shell.Run("Invoke-KubeCommand -Name web-1 -n web -TimeoutSec 4 -- work");
        Assert.Equal(("Kube.Timeout", "sim-1"), (run.Error.Id(), run.Error.Fault().Cluster!.ClusterName));
    }

    [Fact]
    public async Task Ctrl_C_ends_the_commands()
    {
        using var running = _shell.Start("Invoke-KubeCommand -Name web-* -n web -- sleep 1000");
        await Until(() => _fleet.Clusters.Sum(static cluster => cluster.ActiveRequests) == 4);
        running.Stop();
        await Until(() => _fleet.Clusters.Sum(static cluster => cluster.ActiveRequests) == 0);
    }

    [Fact]
    public void It_runs_as_a_job()
    {
        var run = _shell.Run("Invoke-KubeCommand -Name web-1 -n web -AsJob -- hostname | Receive-Job -Wait -AutoRemoveJob | ForEach-Object Line");
        Assert.Equal(["web-1", "web-1"], run.Of<string>());
    }

    [Theory]
    [InlineData("Invoke-KubeCommand hostname", "Kube.Invalid", "nothing says in which pods")]
    [InlineData("Invoke-KubeCommand -Name web-1 -n web -Container nope -- hostname", "Kube.NotFound", "it has no container 'nope'; there are: app")]
    [InlineData("Invoke-KubeCommand -Name web-9 -n web -- hostname", "Kube.NotFound", "web-9")]
    [InlineData("Invoke-KubeCommand -Name configmap/x -n web -- hostname", "Kube.Invalid", "a ConfigMap has no pods")]
    [InlineData("Invoke-KubeCommand -Name web-1 -n web -- nosuch", "Kube.Server", "the container has no program 'nosuch'")]
    public void What_cannot_be_done_says_why(string script, string id, string said)
    {
        var run = _shell.Run(script);
        var error = run.Terminated ?? run.Errors[0];
        Assert.Equal(id, error.Id());
        Assert.Contains(said, error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Selectors_that_fit_nothing_are_told()
    {
        Assert.Contains("No pod fits", Assert.Single(_shell.Run("Invoke-KubeCommand -LabelSelector app=none -n web -- hostname").Warnings), StringComparison.Ordinal);
    }

    private static async Task Until(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
            await Task.Delay(10, limit.Token);
    }

    private static void AddPod(SimulatedCluster cluster, string name) => cluster.Store.Add(
        $$$"""
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{name}}}","namespace":"web","labels":{"app":"web"} },
         "spec":{"nodeName":"node-1","containers":[{"name":"app","image":"i"}]},
         "status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}],"containerStatuses":[{"name":"app","state":{"running":{} },"restartCount":0,"containerID":"x"}]} }
        """);
}
