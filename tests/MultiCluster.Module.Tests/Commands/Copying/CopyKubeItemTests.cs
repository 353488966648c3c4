using MultiCluster.Copying;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Containers;

namespace MultiCluster.Module.Tests.Commands.Copying;

/// <summary>Copy-KubeItem over two simulated clusters.</summary>
public sealed class CopyKubeItemTests : IAsyncLifetime
{
    private SimulatedFleet _fleet = null!;
    private Shell _shell = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 0, LogLinesPerSecond = 0 }, TestContext.Current.CancellationToken);
        foreach (var cluster in _fleet.Clusters)
        {
            cluster.Store.Add("""{"apiVersion":"v1","kind":"Node","metadata":{"name":"node-1"} }""");
            foreach (var pod in new[] { "web-1", "web-2" })
            {
                AddPod(cluster, pod);
                var files = cluster.Containers.FilesOf("web", pod, "app");
                files.MakeFolder("/etc/app");
                await File.WriteAllTextAsync(files.Locate("/etc/app/a b"), $"{cluster.Name} {pod}", TestContext.Current.CancellationToken);
            }
        }

        _shell = new Shell(_fleet).Select("*");
        Directory.CreateDirectory(_shell.File("conf"));
        await File.WriteAllTextAsync(_shell.File("conf/x y"), "text", TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _shell.Dispose();
        await _fleet.DisposeAsync();
    }

    [Fact]
    public void A_folder_comes_out_of_a_pod_as_kubectl_writes_it()
    {
        var run = _shell.Run("Copy-KubeItem web/web-1:/etc/app ./got -Cluster sim-1");

        Assert.Empty(run.Errors);
        var result = Assert.Single(run.Of<KubeCopyResult>());
        Assert.Equal(("sim-1", "web", "web-1", "app", "/etc/app", _shell.File("got"), 1), (result.ClusterName, result.Namespace, result.Pod, result.Container, result.Source, result.Destination, result.Files));
        Assert.Equal("sim-1 web-1", File.ReadAllText(_shell.File("got/a b")));
    }

    [Fact]
    public void The_same_pod_of_several_clusters_has_a_folder_for_each()
    {
        Assert.Empty(_shell.Run("Copy-KubeItem web-1:/etc/app ./got -n web").Errors);

        foreach (var cluster in new[] { "sim-1", "sim-2" })
            Assert.Equal($"{cluster} web-1", File.ReadAllText(_shell.File($"got/{cluster}/web/web-1/app/a b")));
    }

    [Fact]
    public void Pods_are_piped_in_and_each_result_says_where_it_went()
    {
        var run = _shell.Run("Get-KubePod -n web -l app=web | Copy-KubeItem -Path /etc/app -Destination got");

        Assert.Empty(run.Errors);
        Assert.Equal(4, run.Of<KubeCopyResult>().Count);
        Assert.All(run.Of<KubeCopyResult>(), static result => Assert.Equal($"{result.ClusterName} {result.Pod}", File.ReadAllText(Path.Combine(result.Destination, "a b"))));
        Assert.Equal(4, _shell.Run("(Get-KubeFanOut).Clusters.Results").Of<KubeCopyResult>().Count);
    }

    [Fact]
    public void A_folder_goes_into_all_pods_that_are_named()
    {
        var run = _shell.Run("Copy-KubeItem ./conf /etc/app -Pod web-* -n web -ToPod");

        Assert.Empty(run.Errors);
        Assert.Equal(4, run.Of<KubeCopyResult>().Count);
        foreach (var cluster in _fleet.Clusters)
            Assert.Equal("text", File.ReadAllText(cluster.Containers.FilesOf("web", "web-2", "app").Locate("/etc/app/conf/x y")));
    }

    [Fact]
    public void Wildcards_mean_local_files_and_names_as_they_are_go_first()
    {
        File.WriteAllText(_shell.File("conf/[1]"), "one");
        File.WriteAllText(_shell.File("conf/z.conf"), "z");

        Assert.Empty(_shell.Run("Copy-KubeItem './conf/[1]', ./conf/*.conf web/web-1:/tmp/ -Cluster sim-1").Errors);

        var files = _fleet["sim-1"].Containers.FilesOf("web", "web-1", "app");
        Assert.Equal(("one", "z"), (File.ReadAllText(files.Locate("/tmp/[1]")), File.ReadAllText(files.Locate("/tmp/z.conf"))));
    }

    [Theory]
    [InlineData("web-1:/a web-2:/b", "two steps")]
    [InlineData("./conf ./got", "pod:path")]
    [InlineData("'C:\\x' ./got", "pod:path")]
    [InlineData("web-1:/a, web-2:/b ./got", "one after the other")]
    [InlineData("web-1:/a, ./conf ./got", "one after the other")]
    [InlineData("web-1:/a ./got -Name web-2", "once")]
    [InlineData("web-1:/a ./got -ToPod", "pod:path")]
    [InlineData("web/web-1:/a ./got -n web", "once")]
    [InlineData("web-1: ./got", "pod:/path")]
    [InlineData("./conf web-1:", "pod:/path")]
    [InlineData("/a/x, /b/x ./got -Name web-1", "one after the other")]
    [InlineData("/a './conf/x y' -Name web-1", "folder")]
    public void What_cannot_be_copied_is_an_error_with_the_way_out(string arguments, string advice)
    {
        var error = _shell.Run($"Copy-KubeItem {arguments}").Terminated!;

        Assert.Equal("Kube.Invalid", error.Id());
        Assert.Contains(advice, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_local_path_that_is_not_there_is_an_error_and_nothing_is_copied()
    {
        var run = _shell.Run("Copy-KubeItem ./conf, ./missing web/web-1:/tmp/");

        Assert.Equal("Kube.Invalid", run.Error.Id());
        Assert.Contains("missing", run.Error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(run.Output);
        Assert.False(Directory.Exists(_fleet["sim-1"].Containers.FilesOf("web", "web-1", "app").Locate("/tmp/conf")));
    }

    [Fact]
    public void A_pod_and_a_container_that_are_not_there_are_errors_of_their_clusters()
    {
        Assert.Equal("Kube.NotFound", _shell.Run("Copy-KubeItem web/web-9:/a ./got").Error.Id());
        var run = _shell.Run("Copy-KubeItem web/web-1:/etc/app ./got -Container no -Cluster sim-1");
        Assert.Equal("Kube.NotFound", run.Error.Id());
        Assert.Contains("there are: app", run.Error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pod_that_fails_is_an_error_of_its_own_and_has_a_result()
    {
        _fleet["sim-1"].Containers.FilesOf("web", "web-2", "app").Remove("/etc/app");

        var run = _shell.Run("Copy-KubeItem /etc/app ./got -Name web-* -n web");

        Assert.Equal("Kube.NotFound", run.Error.Id());
        Assert.Contains("cannot copy /etc/app out of web/web-2", run.Error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal("Pod", $"{_shell.Run("$Error[0].TargetObject.Kind").Output[0]}");
        Assert.Equal([("sim-1", "web-2")], run.Of<KubeCopyResult>().Where(static result => !result.Succeeded).Select(static result => (result.ClusterName, result.Pod)));
        Assert.Equal(3, run.Of<KubeCopyResult>().Count(static result => result.Succeeded));
    }

    [Fact]
    public void WhatIf_copies_nothing_in_either_direction()
    {
        _shell.Run("Copy-KubeItem web/web-1:/etc/app ./got -WhatIf; Copy-KubeItem ./conf web/web-1:/tmp -WhatIf");

        Assert.Equal(4, _shell.Host.Lines.Count(static line => line.StartsWith("What if:", StringComparison.Ordinal)));
        Assert.Contains(_shell.Host.Lines, static line => line.Contains("sim-2 / Pod web/web-1", StringComparison.Ordinal));
        Assert.False(Directory.Exists(_shell.File("got")));
    }

    [Fact]
    public void A_protected_cluster_is_asked_about_what_goes_in_and_not_about_what_comes_out()
    {
        _shell.Run("Set-KubeCluster sim-1 -Protected");

        Assert.Empty(_shell.Run("Copy-KubeItem web/web-1:/etc/app ./got -Cluster sim-1").Errors);
        Assert.Equal("Kube.Protected", _shell.Run("Copy-KubeItem ./conf web/web-1:/tmp").Error.Id());
        Assert.False(Directory.Exists(_fleet["sim-1"].Containers.FilesOf("web", "web-1", "app").Locate("/tmp/conf")));
        Assert.True(Directory.Exists(_fleet["sim-2"].Containers.FilesOf("web", "web-1", "app").Locate("/tmp/conf")));
        Assert.Empty(_shell.Run("Copy-KubeItem ./conf web/web-1:/tmp -AllowProtected").Errors);
    }

    [Fact]
    public void What_leads_out_is_a_warning_that_names_its_pod()
    {
        _fleet["sim-1"].Containers.FilesOf("web", "web-1", "app").Link("/etc/app/evil", "/etc/passwd");

        var run = _shell.Run("Copy-KubeItem web/web-1:/etc/app ./got -Cluster sim-1");

        Assert.Empty(run.Errors);
        Assert.Contains("app/evil was skipped", Assert.Single(run.Warnings), StringComparison.Ordinal);
        Assert.Equal("app/evil", Assert.Single(Assert.Single(run.Of<KubeCopyResult>()).Skipped).Path);
    }

    [Fact]
    public void Stopping_ends_it_at_once_and_leaves_no_temporary_file()
    {
        foreach (var cluster in _fleet.Clusters)
        {
            cluster.Containers.Use("web", "big", new ContainerOptions
            {
                Programs = new Dictionary<string, ContainerProgram>
                {
                    ["cat"] = static async context =>
                    {
                        await context.Output.WriteAsync(new byte[3_000_000], context.Ended);
                        await Task.Delay(Timeout.Infinite, context.Ended);
                        return 0;
                    },
                },
                HasTar = false,
            });
            AddPod(cluster, "big");
        }

        using var running = _shell.Start("Copy-KubeItem web/big:/etc/hostname ./got");
        Eventually.True(() => Directory.Exists(_shell.File("got")) && Directory.EnumerateFiles(_shell.File("got"), "*.part", SearchOption.AllDirectories).Count() == 2, "no temporary files");
        running.Stop();
        running.Wait();

        Assert.Empty(Directory.EnumerateFiles(_shell.File("got"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_job_copies_in_the_background()
    {
        var run = _shell.Run("Copy-KubeItem web/web-1:/etc/app ./got -AsJob | Receive-Job -Wait -AutoRemoveJob");

        Assert.Equal(2, run.Of<KubeCopyResult>().Count);
        Assert.True(File.Exists(_shell.File("got/sim-2/web/web-1/app/a b")));
    }

    [Fact]
    public void Tab_offers_pods_and_local_paths()
    {
        _shell.Run("Get-KubePod -n web | Out-Null");

        Assert.Contains("web-1:", _shell.Offers("Copy-KubeItem -Namespace web -Path we").Select(static one => one.CompletionText));
        Assert.Contains("web/web-2:", _shell.Offers("Copy-KubeItem web/we").Select(static one => one.CompletionText));
        Assert.Contains(_shell.Offers("Copy-KubeItem web-1:/etc/app con"), static one => one.CompletionText.EndsWith("conf", StringComparison.Ordinal));
    }

    [Fact]
    public void The_table_says_where_it_went()
    {
        var screen = _shell.Screen("Copy-KubeItem web/web-1:/etc/app ./got -Cluster sim-1", 200);

        Assert.Matches(@"ClusterName\s+Pod\s+Files\s+Size\s+ms\s+Destination", screen.Split('\n')[0]);
        Assert.Contains(_shell.File("got"), screen, StringComparison.Ordinal);
    }

    private static void AddPod(SimulatedCluster cluster, string name) => cluster.Store.Add($$"""
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{name}}","namespace":"web","labels":{"app":"web"} },
         "spec":{"nodeName":"node-1","containers":[{"name":"app","image":"i"}]},
         "status":{"phase":"Running","containerStatuses":[{"name":"app","state":{"running":{"startedAt":"2026-01-01T00:00:00Z"} },"restartCount":0}]} }
        """);
}
