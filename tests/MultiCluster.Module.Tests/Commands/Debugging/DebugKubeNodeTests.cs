using MultiCluster.Debugging;
using MultiCluster.Exec;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Debugging;

/// <summary>Debug-KubeNode over two simulated clusters whose kubelets start pods at once.</summary>
public sealed class DebugKubeNodeTests : IAsyncLifetime
{
    private SimulatedFleet _fleet = null!;
    private Shell _shell = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 0, LogLinesPerSecond = 0 }, TestContext.Current.CancellationToken);
        foreach (var cluster in _fleet.Clusters)
        {
            foreach (var name in (string[])["node-1", "node-2"])
                cluster.Store.Add($$"""{"apiVersion":"v1","kind":"Node","metadata":{"name":"{{name}}"},"status":{"conditions":[{"type":"Ready","status":"True"}]} }""");
            cluster.Controllers.PodStartTime = TimeSpan.Zero;
            cluster.Controllers.PodTerminationTime = TimeSpan.Zero;
            cluster.Controllers.Start();
        }

        _shell = new Shell(_fleet).Select("*");
    }

    public async ValueTask DisposeAsync()
    {
        _shell.Dispose();
        await _fleet.DisposeAsync();
    }

    private int Pods => _fleet.Clusters.Sum(static cluster => cluster.Store.List("pods").Count);

    [Fact]
    public async Task A_command_runs_on_the_nodes_of_every_cluster_and_leaves_no_pod()
    {
        var lines = _shell.Run("Debug-KubeNode -Name node-* -- echo 'a  b' -n").Of<KubeCommandOutput>();
        Assert.Equal(4, lines.Count);
        Assert.All(lines, static line => Assert.Equal(("a  b -n", "debugger"), (line.Line, line.Container)));
        await UntilAsync(() => Pods == 0);
        Assert.Equal(["hello", "hello"], _shell.Run("Get-KubeNode node-1 | Debug-KubeNode -- echo hello | ForEach-Object Line").Of<string>());
        await UntilAsync(() => Pods == 0);
    }

    [Fact]
    public void A_pod_that_is_kept_is_named_and_commands_run_in_it()
    {
        var run = _shell.Run("""
            $kept = Debug-KubeNode -Name node-1 -Cluster sim-1 -Namespace kube-system -Keep
            $kept
            Invoke-KubeCommand -Name $kept.Pod -n $kept.Namespace -Cluster $kept.ClusterName -- hostname
            """);
        var result = Assert.Single(run.Of<KubeDebugResult>());
        Assert.Equal(("kube-system", "node-1", DebugState.Running), (result.Namespace, result.Node, result.State));
        Assert.Equal(result.Pod, Assert.Single(run.Of<KubeCommandOutput>()).Line);
        Assert.Equal(1, Pods);
    }

    [Fact]
    public async Task An_exit_code_is_an_error_of_its_node()
    {
        var run = _shell.Run("Debug-KubeNode -Name node-1 -- sh -c 'echo bad >&2; exit 3'");
        Assert.Equal(2, run.Errors.Count);
        Assert.All(run.Errors, static error => Assert.Equal("Kube.CommandFailed", error.Id()));
        await UntilAsync(() => Pods == 0);
    }

    [Fact]
    public void A_protected_cluster_asks_and_WhatIf_names_what_would_be_made()
    {
        _shell.Run("Set-KubeCluster sim-1 -Protected");
        var refused = _shell.Run("Debug-KubeNode -Name node-1 -- hostname");
        Assert.Equal("Kube.Protected", refused.Error.Id());
        Assert.Equal("sim-2", Assert.Single(refused.Of<KubeCommandOutput>()).ClusterName);
        var before = Writes;
        Assert.Empty(_shell.Run("Debug-KubeNode -Name node-1 -Namespace kube-system -WhatIf -- uptime").Output);
        Assert.Contains(_shell.Host.Lines, static line => line.Contains("sim-1 / Node / node-1", StringComparison.Ordinal)
            && line.Contains("Make a pod of busybox with the host's namespaces and files in namespace kube-system, and run 'uptime'", StringComparison.Ordinal));
        Assert.Equal(before, Writes);
        Assert.All(_shell.Run("Debug-KubeNode -Name node-1 -DryRun").Of<KubeDebugResult>(), static result => Assert.Equal(DebugState.DryRun, result.State));
    }

    [Fact]
    public async Task Ctrl_C_removes_the_pods()
    {
        using var running = _shell.Start("Debug-KubeNode -Name node-* -- sleep 1000");
        await UntilAsync(() => _fleet.Clusters.Sum(static cluster => cluster.Requests.All.Count(static request => request.Path.Contains("/exec", StringComparison.Ordinal))) == 4);
        running.Stop();
        await UntilAsync(() => Pods == 0 && _fleet.Clusters.All(static cluster => cluster.ActiveRequests == 0));
    }

    [Fact]
    public async Task A_pod_that_Ctrl_C_cannot_remove_is_named_with_the_command_that_does()
    {
        _fleet["sim-1"].Faults.Add(ClusterFault.Forbidden().When(static request => request.Verb == "delete"));
        using (var running = _shell.Start("Debug-KubeNode -Name node-1 -Cluster sim-1 -- sleep 1000"))
        {
            await UntilAsync(() => _fleet["sim-1"].Requests.All.Any(static request => request.Path.Contains("/exec", StringComparison.Ordinal)));
            running.Stop();
        }

        await UntilAsync(() => _shell.Host.Lines.Any(static line => line.Contains("Remove-KubeResource pod node-debugger-node-1-", StringComparison.Ordinal) && line.Contains("-Namespace default -Cluster 'sim-1'", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Debug-KubeNode -Name node-1", "Kube.Invalid", "there is nothing to do on the node")]
    [InlineData("Debug-KubeNode hostname", "Kube.Invalid", "nothing says which nodes are meant")]
    [InlineData("Debug-KubeNode -Name node-9 -- hostname", "Kube.NotFound", "node-9")]
    [InlineData("Debug-KubeNode -Name node-1 -Cluster sim-1 -Interactive", "Kube.Invalid", "there is no terminal here")]
    public async Task What_cannot_be_done_says_why_and_leaves_no_pod(string script, string id, string said)
    {
        var run = _shell.Run(script);
        var error = run.Terminated ?? run.Errors[0];
        Assert.Equal(id, error.Id());
        Assert.Contains(said, error.Exception.Message, StringComparison.Ordinal);
        await UntilAsync(() => Pods == 0);
    }

    [Fact]
    public void Nodes_are_offered() =>
        Assert.Equal(["node-1", "node-2"], _shell.Offers("Debug-KubeNode -Name node-").Select(static offer => offer.CompletionText));

    private int Writes => _fleet.Clusters.Sum(static cluster => cluster.Requests.All.Count(static request => request.Method is "POST" or "PATCH" or "DELETE"));

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
            await Task.Delay(10, limit.Token);
    }
}
