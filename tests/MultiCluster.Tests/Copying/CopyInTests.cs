using MultiCluster.Faults;
using MultiCluster.Sandbox.Containers;

namespace MultiCluster.Tests.Copying;

/// <summary>Files that are copied into simulated pods.</summary>
public sealed class CopyInTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("v1.33.1")]
    [InlineData("v1.29.9")] // whose servers cannot say that an input ends
    public async Task A_folder_arrives_byte_for_byte_in_every_pod_of_two_clusters(string version)
    {
        await using var fleet = await CopyFleet.StartAsync(clusters: 2, version);
        TreeOf.Write(fleet["site"]);
        File.CreateSymbolicLink(fleet["site/link"], "deep/empty");
        ContainerFiles[] all = [fleet.Add("web-1"), fleet.Add("web-2"), fleet.Add("web-1", cluster: "sim-2")];

        var answer = await fleet.InAsync("site", "/srv/site/");

        Assert.Contains("/srv/site", Assert.Single(answer.Faults.Select(static fault => fault.Detail).Distinct()), StringComparison.Ordinal);
        foreach (var files in all)
            files.MakeFolder("/srv/site");
        answer = await fleet.InAsync("site", "/srv");
        Assert.Empty(answer.Faults);
        Assert.Equal(3, answer.Results.Count);
        Assert.All(answer.Results, result => Assert.Equal((12, "/srv/site"), (result.Files, result.Destination)));
        foreach (var files in all)
            Assert.Equal(Writable(TreeOf.Folder(fleet["site"])), Writable(TreeOf.Container(files, "/srv/site")));
    }

    [Theory]
    [InlineData("file", "/tmp/new", "/tmp/new")]
    [InlineData("file", "/tmp", "/tmp/file")]
    [InlineData("file", "/tmp/", "/tmp/file")]
    [InlineData("file", "tmp/new", "/tmp/new")]
    [InlineData("folder", "/tmp/new", "/tmp/new/in")]
    [InlineData("folder", "/tmp", "/tmp/folder/in")]
    public async Task It_goes_where_cp_would_put_it(string source, string destination, string expected)
    {
        await using var fleet = await CopyFleet.StartAsync();
        var files = fleet.Add("web-1");
        fleet.Session.Folder.Write("file", "text");
        fleet.Session.Folder.Write("folder/in", "text");

        var answer = await fleet.InAsync(source, destination);

        Assert.Empty(answer.Faults);
        Assert.Equal("text", await File.ReadAllTextAsync(files.Locate(expected), Stop));
        Assert.Equal(source == "file" ? expected : Path.GetDirectoryName(expected), answer.Result.Destination.StartsWith('/') ? answer.Result.Destination : $"/{answer.Result.Destination}");
    }

    [Theory]
    [InlineData("v1.33.1")]
    [InlineData("v1.29.9")]
    public async Task Without_tar_a_single_file_goes_by_a_shell_that_reads_no_name(string version)
    {
        await using var fleet = await CopyFleet.StartAsync(version: version);
        var files = fleet.Add("web-1", new ContainerOptions { HasTar = false });
        fleet.Session.Folder.Write("file", "text");
        fleet.Session.Folder.Write("empty", "");

        Assert.Empty((await fleet.InAsync("file", "/tmp/$(touch hacked) 'x' \"y\"")).Faults);
        Assert.Empty((await fleet.InAsync("empty", "/tmp/empty")).Faults);

        Assert.Equal("text", await File.ReadAllTextAsync(files.Locate("/tmp/$(touch hacked) 'x' \"y\""), Stop));
        Assert.Equal(0, new FileInfo(files.Locate("/tmp/empty")).Length);
    }

    [Fact]
    public async Task Without_tar_a_folder_and_without_a_shell_a_file_are_faults_that_say_so()
    {
        await using var fleet = await CopyFleet.StartAsync();
        fleet.Add("web-1", new ContainerOptions { HasTar = false, HasShell = false });
        fleet.Session.Folder.Write("folder/in", "text");

        Assert.Contains("no tar", (await fleet.InAsync("folder", "/tmp")).Fault.Detail, StringComparison.Ordinal);
        Assert.Contains("no shell", (await fleet.InAsync("folder/in", "/tmp")).Fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_tar_cannot_do_is_a_fault_with_its_words_while_other_pods_go_on()
    {
        await using var fleet = await CopyFleet.StartAsync();
        fleet.Add("web-1", new ContainerOptions
        {
            Programs = new Dictionary<string, ContainerProgram> { ["tar"] = static context => context.FailAsync("conf: Cannot open: Read-only file system", 2) },
        });
        var files = fleet.Add("web-2");
        fleet.Session.Folder.Write("conf", new string('x', 1_000_000));

        var answer = await fleet.InAsync("conf", "/tmp");

        Assert.Contains("Read-only file system", answer.Fault.Detail, StringComparison.Ordinal);
        Assert.Equal(FaultPhase.CommandFailed, answer.Fault.Phase);
        Assert.Equal(1_000_000, new FileInfo(files.Locate("/tmp/conf")).Length);
    }

    [Fact]
    public async Task A_process_that_reads_nothing_is_a_fault_after_the_silence()
    {
        await using var fleet = await CopyFleet.StartAsync();
        fleet.Add("web-1", new ContainerOptions
        {
            Programs = new Dictionary<string, ContainerProgram> { ["tar"] = static async context => { await Task.Delay(Timeout.Infinite, context.Ended); return 0; } },
        });
        fleet.Session.Folder.Write("conf", new string('x', 10_000_000));

        var answer = await fleet.InAsync("conf", "/tmp", static query => query with { Silence = TimeSpan.FromSeconds(1) });

        Assert.Equal(FaultPhase.Timeout, answer.Fault.Phase);
    }

    [Fact]
    public async Task What_is_not_there_is_said_before_any_pod_is_asked()
    {
        await using var fleet = await CopyFleet.StartAsync();

        var e = await Assert.ThrowsAsync<FaultException>(() => fleet.InAsync("missing", "/tmp"));

        Assert.Contains("missing is not there", e.Fault.Detail, StringComparison.Ordinal);
    }

    /// <summary>The simulated tar keeps what it has made removable; modes of files are compared with their owner's right to read and write.</summary>
    private static IEnumerable<string> Writable(IEnumerable<string> lines) => lines.Select(static line =>
    {
        var parts = line.Split(' ');
        var at = Array.FindLastIndex(parts, static part => part.Length is 3 or 4 && part.All(static letter => letter is >= '0' and <= '7'));
        if (at >= 0)
            parts[at] = Convert.ToString(Convert.ToInt32(parts[at], 8) | 0b110_000_000, 8);
        return string.Join(' ', parts);
    });
}
