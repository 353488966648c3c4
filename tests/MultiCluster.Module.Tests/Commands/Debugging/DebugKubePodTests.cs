using MultiCluster.Debugging;
using MultiCluster.Exec;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Debugging;

/// <summary>Debug-KubePod over two simulated clusters.</summary>
public sealed class DebugKubePodTests : IAsyncLifetime
{
    private SimulatedFleet _fleet = null!;
    private Shell _shell = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 0, LogLinesPerSecond = 0 }, TestContext.Current.CancellationToken);
        foreach (var cluster in _fleet.Clusters)
        {
            cluster.Store.Add("""{"apiVersion":"v1","kind":"Node","metadata":{"name":"node-1"} }""");
            foreach (var name in (string[])["web-1", "web-2"])
            {
                cluster.Store.Add(
                    $$$"""
                    {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{name}}}","namespace":"web","labels":{"app":"web"} },
                     "spec":{"nodeName":"node-1","containers":[{"name":"app","image":"i"}]},
                     "status":{"phase":"Running","containerStatuses":[{"name":"app","state":{"running":{} },"restartCount":0,"containerID":"x"}]} }
                    """);
            }
        }

        _shell = new Shell(_fleet).Select("*");
    }

    public async ValueTask DisposeAsync()
    {
        _shell.Dispose();
        await _fleet.DisposeAsync();
    }

    [Fact]
    public void A_container_is_added_and_commands_run_in_it()
    {
        var run = _shell.Run("""
            $added = Debug-KubePod -Name web-1 -n web
            $added
            $added | ForEach-Object { Invoke-KubeCommand -Name $_.Pod -n $_.Namespace -Cluster $_.ClusterName -Container $_.Container -- hostname }
            """);
        Assert.Empty(run.Errors);
        Assert.Equal(["sim-1", "sim-2"], run.Of<KubeDebugResult>().Select(static result => result.ClusterName).Order());
        Assert.All(run.Of<KubeDebugResult>(), static result => Assert.Equal((DebugState.Running, "busybox"), (result.State, result.Image)));
        Assert.Equal(["web-1", "web-1"], run.Of<KubeCommandOutput>().Select(static line => line.Line));
    }

    [Fact]
    public void Pods_are_piped_in_and_a_command_writes_lines_and_an_error_for_its_exit_code()
    {
        var run = _shell.Run("Get-KubePod -n web | Debug-KubePod -Target app -- sh -c 'echo hello; exit 2'");
        Assert.Equal(4, run.Of<KubeCommandOutput>().Count(static line => line is { Line: "hello", Namespace: "web" }));
        Assert.Equal(4, run.Errors.Count);
        Assert.All(run.Errors, static error => Assert.Equal("Kube.CommandFailed", error.Id()));
        Assert.Equal([2, 2, 2, 2], _shell.Run("(Get-KubeFanOut).Clusters.Results.ExitCode").Of<int>());
    }

    [Fact]
    public void A_protected_cluster_asks_and_WhatIf_names_what_would_be_added()
    {
        _shell.Run("Set-KubeCluster sim-1 -Protected");
        var refused = _shell.Run("Debug-KubePod -Name web-1 -n web");
        Assert.Equal("Kube.Protected", refused.Error.Id());
        Assert.Equal("sim-2", Assert.Single(refused.Of<KubeDebugResult>()).ClusterName);
        Assert.Empty(_shell.Run("Debug-KubePod -Name web-2 -n web -Image alpine -WhatIf -- id").Output);
        Assert.Contains(_shell.Host.Lines, static line => line.Contains("Add an ephemeral container of alpine that runs 'id', which cannot be removed", StringComparison.Ordinal) && line.Contains("sim-1 / web-2", StringComparison.Ordinal));
        Assert.All(_shell.Run("Debug-KubePod -Name web-2 -n web -DryRun").Of<KubeDebugResult>(), static result => Assert.Equal(DebugState.DryRun, result.State));
        Assert.All(_fleet.Clusters, static cluster => Assert.Null(cluster.Store.Find("pods", "web", "web-2")!.ToJson()["spec"]!["ephemeralContainers"]));
        Assert.Equal(2, _shell.Run("Debug-KubePod -Name web-2 -n web -AllowProtected").Of<KubeDebugResult>().Count);
    }

    [Fact]
    public void An_image_that_cannot_be_had_is_an_error_with_the_kubelets_words()
    {
        var error = _shell.Run($"Debug-KubePod -Name web-1 -n web -Cluster sim-1 -Image {ClusterControllers.UnpullableImage}:1 -TimeoutSec 4").Error;
        Assert.Equal("Kube.Timeout", error.Id());
        Assert.StartsWith("sim-1: cannot debug web/web-1: container debugger-", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("did not start within 4 s: ErrImagePull", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_terminal_none_is_attached_and_nothing_is_added()
    {
        var run = _shell.Run("Debug-KubePod -Name web-1 -n web -Cluster sim-1 -Interactive");
        Assert.StartsWith("there is no terminal here", run.Terminated!.Exception.Message, StringComparison.Ordinal);
        Assert.Null(_fleet["sim-1"].Store.Find("pods", "web", "web-1")!.ToJson()["spec"]!["ephemeralContainers"]);
    }

    [Fact]
    public async Task Ctrl_C_ends_it()
    {
        using var running = _shell.Start("Debug-KubePod -Name web-* -n web -- sleep 1000");
        await UntilAsync(() => _fleet.Clusters.Sum(static cluster => cluster.Requests.All.Count(static request => request.Path.Contains("/log", StringComparison.Ordinal))) == 4);
        running.Stop();
        await UntilAsync(() => _fleet.Clusters.Sum(static cluster => cluster.ActiveRequests) == 0);
    }

    [Theory]
    [InlineData("Debug-KubePod hostname", "Kube.Invalid", "nothing says which pods are debugged")]
    [InlineData("Debug-KubePod -Name web-1 -n web -ContainerName app", "Kube.Conflict", "it has a container 'app' already; there are: app")]
    [InlineData("Debug-KubePod -Name web-1 -n web -Target nope", "Kube.NotFound", "it has no container 'nope'; there are: app")]
    [InlineData("Debug-KubePod -Name web-9 -n web", "Kube.NotFound", "web-9")]
    public void What_cannot_be_done_says_why(string script, string id, string said)
    {
        var run = _shell.Run(script);
        var error = run.Terminated ?? run.Errors[0];
        Assert.Equal(id, error.Id());
        Assert.Contains(said, error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pods_and_containers_are_offered()
    {
        Assert.Contains("web-2", _shell.Offers("Debug-KubePod -n web -Name web-").Select(static offer => offer.CompletionText));
        Assert.Equal(["app"], _shell.Offers("Debug-KubePod -n web -Name web-1 -Target ").Select(static offer => offer.CompletionText));
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
            await Task.Delay(10, limit.Token);
    }
}
