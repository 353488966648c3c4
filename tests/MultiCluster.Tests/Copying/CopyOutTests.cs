using MultiCluster.Copying;
using MultiCluster.Faults;
using MultiCluster.Sandbox.Containers;
using MultiCluster.Tests.Copying.Local;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Copying;

/// <summary>Files that are copied out of simulated pods.</summary>
public sealed class CopyOutTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_folder_arrives_byte_for_byte_with_its_names_modes_times_and_links()
    {
        await using var fleet = await CopyFleet.StartAsync();
        var files = fleet.Add("web-1");
        TreeOf.Write(files.Locate("/srv/site"));
        files.Link("/srv/site/link", "deep/empty");
        files.Link("/srv/site/deep/up", "../plain");

        var answer = await fleet.OutAsync("/srv/site", "got");

        Assert.Empty(answer.Faults);
        Assert.Equal(TreeOf.Container(files, "/srv/site"), TreeOf.Folder(fleet["got"]));
        Assert.Equal((12, fleet["got"]), (answer.Result.Files, answer.Result.Destination));
        Assert.Equal(Directory.EnumerateFiles(fleet["got"], "*", SearchOption.AllDirectories).Where(static file => new FileInfo(file).LinkTarget is null).Sum(static file => new FileInfo(file).Length), answer.Result.Bytes);
    }

    [Theory]
    [InlineData("/var/log/app.log", "got", "got")]
    [InlineData("/var/log/app.log", "got/", "got/app.log")]
    [InlineData("/var/log/app.log", "there", "there/app.log")]
    [InlineData("/var/log/app.log", "a/b/got", "a/b/got")]
    [InlineData("var/log/app.log", "got", "got")]
    [InlineData("/var/log", "got", "got/app.log")]
    [InlineData("/var/log/", "there", "there/log/app.log")]
    [InlineData("/var/log/.", "there", "there/app.log")]
    [InlineData("/var", "got", "got/log/app.log")]
    public async Task It_goes_where_cp_would_put_it(string source, string destination, string expected)
    {
        await using var fleet = await CopyFleet.StartAsync();
        var files = fleet.Add("web-1");
        await File.WriteAllTextAsync(files.Locate("/var/log/app.log"), "log", Stop);
        Directory.CreateDirectory(fleet["there"]);

        var answer = await fleet.OutAsync(source, destination);

        Assert.Empty(answer.Faults);
        Assert.Equal("log", await File.ReadAllTextAsync(fleet[expected], Stop));
    }

    [Fact]
    public async Task Every_pod_of_two_clusters_has_a_folder_of_its_own()
    {
        await using var fleet = await CopyFleet.StartAsync(clusters: 2);
        foreach (var cluster in new[] { "sim-1", "sim-2" })
        {
            foreach (var pod in new[] { "web-1", "web-2" })
                await File.WriteAllTextAsync(fleet.Add(pod, cluster: cluster).Locate("/etc/conf"), $"{cluster} {pod}", Stop);
        }

        var answer = await fleet.OutAsync("/etc/conf", "got", static query => query with { FolderForEachPod = true });

        Assert.Empty(answer.Faults);
        Assert.Equal(4, answer.Results.Count);
        foreach (var result in answer.Results)
        {
            Assert.Equal(Path.Combine(fleet["got"], result.ClusterName, "web", result.Pod, "conf"), result.Destination);
            Assert.Equal($"{result.ClusterName} {result.Pod}", await File.ReadAllTextAsync(result.Destination, Stop));
        }

        Assert.Equal(4, answer.Report.Clusters.SelectMany(static row => row.Results).OfType<KubeCopyResult>().Count());
    }

    [Fact]
    public async Task A_link_that_is_asked_for_is_what_it_leads_to()
    {
        await using var fleet = await CopyFleet.StartAsync();
        var files = fleet.Add("web-1");
        files.MakeFolder("/etc/conf-2");
        await File.WriteAllTextAsync(files.Locate("/etc/conf-2/a"), "in the folder", Stop);
        files.Link("/etc/conf", "conf-2");
        files.Link("/etc/a", "conf-2/a");

        Assert.Empty((await fleet.OutAsync("/etc/conf", "folder")).Faults);
        Assert.Empty((await fleet.OutAsync("/etc/a", "file")).Faults);

        Assert.Equal("in the folder", await File.ReadAllTextAsync(fleet["folder/a"], Stop));
        Assert.Equal("in the folder", await File.ReadAllTextAsync(fleet["file"], Stop));
    }

    [Fact]
    public async Task What_leads_out_is_told_by_its_pod_and_the_rest_arrives()
    {
        await using var fleet = await CopyFleet.StartAsync();
        fleet.Add("web-1", Tar(new Archive().Folder("conf/").File("../../evil").Link("conf/link", "/etc").File("conf/good").Bytes()));

        var answer = await fleet.OutAsync("/etc/conf", "got");

        Assert.Empty(answer.Faults);
        Assert.Equal(["../../evil", "conf/link"], answer.Result.Skipped.Select(static one => one.Path));
        Assert.Equal(2, answer.Warnings.Count);
        Assert.All(answer.Warnings, static warning => Assert.StartsWith("web/web-1: ", warning, StringComparison.Ordinal));
        Assert.True(File.Exists(fleet["got/good"]));
    }

    [Fact]
    public async Task What_is_not_there_is_a_fault_with_tars_words()
    {
        await using var fleet = await CopyFleet.StartAsync();
        fleet.Add("web-1");

        var answer = await fleet.OutAsync("/no/such", "got");

        Assert.Equal(FaultPhase.NotFound, answer.Fault.Phase);
        Assert.Contains("/no/such", answer.Fault.Message, StringComparison.Ordinal);
        Assert.Contains("No such file", answer.Fault.Detail, StringComparison.Ordinal);
        Assert.Equal(answer.Fault, answer.Result.Fault);
        Assert.False(Path.Exists(fleet["got"]));
    }

    [Fact]
    public async Task Without_tar_a_single_file_comes_by_cat_with_its_mode_and_time()
    {
        await using var fleet = await CopyFleet.StartAsync();
        var files = fleet.Add("web-1", new ContainerOptions { HasTar = false, HasShell = false });
        await File.WriteAllTextAsync(files.Locate("/etc/-odd 'name'"), "text", Stop);
        File.SetLastWriteTimeUtc(files.Locate("/etc/-odd 'name'"), Archive.Time.UtcDateTime);
        await File.WriteAllTextAsync(files.Locate("/etc/empty"), "", Stop);

        Assert.Empty((await fleet.OutAsync("/etc/-odd 'name'", "got")).Faults);
        Assert.Empty((await fleet.OutAsync("/etc/empty", "empty")).Faults);

        Assert.Equal("text", await File.ReadAllTextAsync(fleet["got"], Stop));
        Assert.Equal(Archive.Time.UtcDateTime, File.GetLastWriteTimeUtc(fleet["got"]));
        Assert.Equal(0, new FileInfo(fleet["empty"]).Length);
    }

    [Fact]
    public async Task Without_tar_a_folder_is_a_fault_that_says_so()
    {
        await using var fleet = await CopyFleet.StartAsync();
        fleet.Add("web-1", new ContainerOptions { HasTar = false });

        var answer = await fleet.OutAsync("/etc", "got");

        Assert.Contains("no tar", answer.Fault.Advice, StringComparison.Ordinal);
        Assert.False(Path.Exists(fleet["got"]));
    }

    [Fact]
    public async Task A_file_that_is_not_whole_is_not_there()
    {
        await using var fleet = await CopyFleet.StartAsync();
        var files = fleet.Add("web-1", new ContainerOptions
        {
            HasTar = false,
            Programs = new Dictionary<string, ContainerProgram> { ["cat"] = static async context => { await context.WriteAsync("te"); return await context.FailAsync("read error: I/O error"); } },
        });
        await File.WriteAllTextAsync(files.Locate("/etc/file"), "text", Stop);

        var answer = await fleet.OutAsync("/etc/file", "got");

        Assert.Contains("I/O error", answer.Fault.Detail, StringComparison.Ordinal);
        Assert.False(Path.Exists(fleet["got"]));
        Assert.Empty(Directory.EnumerateFiles(fleet.Session.Folder.Path, "*.part", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_pod_that_ends_in_the_middle_fails_and_the_others_go_on()
    {
        await using var fleet = await CopyFleet.StartAsync();
        var half = new Archive().File("conf/first").File("conf/second", new string('x', 100_000)).Bytes()[..50_000];
        fleet.Add("web-1", new ContainerOptions
        {
            Programs = new Dictionary<string, ContainerProgram>
            {
                ["tar"] = async context =>
                {
                    await context.Output.WriteAsync(half, context.Ended);
                    fleet.Session.Fleet["sim-1"].Store.Remove("pods", "web", "web-1");
                    await Task.Delay(Timeout.Infinite, context.Ended);
                    return 0;
                },
            },
        });
        var files = fleet.Add("web-2");
        files.MakeFolder("/etc/conf");
        await File.WriteAllTextAsync(files.Locate("/etc/conf/first"), "text", Stop);

        var answer = await fleet.OutAsync("/etc/conf", "got", static query => query with { FolderForEachPod = true });

        Assert.Equal(["web-1"], answer.Results.Where(static result => result.Fault is not null).Select(static result => result.Pod));
        Assert.Equal(["text"], [.. answer.Results.Where(static result => result.Fault is null).Select(static result => File.ReadAllText(Path.Combine(result.Destination, "first")))]);
        Assert.Equal(["first"], Directory.EnumerateFiles(fleet["got/sim-1/web/web-1"], "*", SearchOption.AllDirectories).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_connection_that_is_lost_is_begun_anew()
    {
        await using var fleet = await CopyFleet.StartAsync();
        var calls = 0;
        var whole = new Archive().Folder("conf/").File("conf/first").File("conf/second", new string('x', 100_000)).Bytes();
        var store = fleet.Session.Fleet["sim-1"].Store;
        fleet.Add("web-1", new ContainerOptions
        {
            Programs = new Dictionary<string, ContainerProgram>
            {
                ["tar"] = async context =>
                {
                    if (Interlocked.Increment(ref calls) > 1)
                    {
                        await context.Output.WriteAsync(whole, context.Ended);
                        return 0;
                    }

                    await context.Output.WriteAsync(whole.AsMemory(0, 50_000), context.Ended);
                    store.Remove("nodes", null, "node-1"); // its streams break with it
                    try
                    {
                        await Task.Delay(Timeout.Infinite, context.Ended);
                    }
                    finally
                    {
                        store.Add("""{"apiVersion":"v1","kind":"Node","metadata":{"name":"node-1"}}""");
                    }

                    return 0;
                },
            },
        });

        var answer = await fleet.OutAsync("/etc/conf", "got");

        Assert.Empty(answer.Faults);
        Assert.Equal((2, 2), (calls, answer.Result.Files));
        Assert.Equal(100_000, new FileInfo(fleet["got/second"]).Length);
        Assert.Equal(Archive.Time.UtcDateTime, Directory.GetLastWriteTimeUtc(fleet["got"]));
        Assert.Equal(2, Directory.EnumerateFiles(fleet["got"]).Count());
        Assert.Contains(fleet.Session.Said, static said => said.Contains("begins anew", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stalled_pod_is_a_fault_and_leaves_nothing_half_done()
    {
        await using var fleet = await CopyFleet.StartAsync();
        var half = new Archive().File("conf/second", new string('x', 100_000)).Bytes()[..50_000];
        fleet.Add("web-1", new ContainerOptions
        {
            Programs = new Dictionary<string, ContainerProgram>
            {
                ["tar"] = async context =>
                {
                    await context.Output.WriteAsync(half, context.Ended);
                    await Task.Delay(Timeout.Infinite, context.Ended);
                    return 0;
                },
            },
        });

        var answer = await fleet.OutAsync("/etc/conf", "got", static query => query with { Silence = TimeSpan.FromSeconds(1) });

        Assert.Equal(FaultPhase.Timeout, answer.Fault.Phase);
        Assert.Empty(Directory.EnumerateFiles(fleet["got"]));
    }

    [Fact]
    public async Task A_call_that_is_stopped_ends_its_program_and_leaves_no_temporary_file()
    {
        await using var fleet = await CopyFleet.StartAsync();
        var (begun, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        var half = new Archive().File("conf/second", new string('x', 3_000_000)).Bytes()[..2_000_000];
        fleet.Add("web-1", new ContainerOptions
        {
            Programs = new Dictionary<string, ContainerProgram>
            {
                ["tar"] = async context =>
                {
                    using var _ = context.Ended.Register(ended.SetResult);
                    await context.Output.WriteAsync(half, context.Ended);
                    begun.SetResult();
                    await Task.Delay(Timeout.Infinite, context.Ended);
                    return 0;
                },
            },
        });

        var (run, call) = fleet.Start(new CopyQuery { Names = ["web-1"], Namespaces = ["web"], Sources = ["/etc/conf"], Destination = fleet["got"], FolderForEachPod = false });
        using (call)
        {
            await begun.Task.WaitAsync(Stop);
            await TestSession.UntilAsync(() => Directory.Exists(fleet["got"]) && Directory.EnumerateFiles(fleet["got"]).Any(), "a temporary file");
            await run.DisposeAsync();
        }

        Assert.Empty(Directory.EnumerateFiles(fleet["got"]));
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(20), Stop);
    }

    [Fact]
    public async Task A_container_that_is_not_there_is_a_fault_that_names_those_that_are()
    {
        await using var fleet = await CopyFleet.StartAsync();
        fleet.Add("web-1", null, "sim-1", "proxy");
        await File.WriteAllTextAsync(fleet.Files("web-1", container: "proxy").Locate("/etc/only"), "proxy", Stop);

        var answer = await fleet.OutAsync("/etc/only", "got", static query => query with { Container = "no" });
        Assert.Contains("app, proxy", answer.Fault.Detail, StringComparison.Ordinal);
        Assert.Empty(answer.Results);

        Assert.Equal("proxy", (await fleet.OutAsync("/etc/only", "got", static query => query with { Container = "proxy" })).Result.Container);
        Assert.Equal("proxy", await File.ReadAllTextAsync(fleet["got"], Stop));
    }

    private static ContainerOptions Tar(byte[] archive) => new()
    {
        Programs = new Dictionary<string, ContainerProgram>
        {
            ["tar"] = async context =>
            {
                await context.Output.WriteAsync(archive, context.Ended);
                return 0;
            },
        },
    };
}
