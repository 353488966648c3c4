using System.Diagnostics;
using MultiCluster.Copying.Local;
using MultiCluster.Faults;
using MultiCluster.Tests.Kubeconfig;

namespace MultiCluster.Tests.Copying.Local;

/// <summary>Files of this machine that are read and packed.</summary>
public sealed class LocalTreeTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Links_that_lead_out_are_left_out_and_those_inside_are_not_followed()
    {
        _folder.Write("outside/secret", "secret");
        _folder.Write("conf/sub/file", "text");
        File.CreateSymbolicLink(_folder["conf/inside"], "sub/file");
        File.CreateSymbolicLink(_folder["conf/sub/up"], "../inside");
        File.CreateSymbolicLink(_folder["conf/absolute"], _folder["outside/secret"]);
        Directory.CreateSymbolicLink(_folder["conf/relative"], "../outside");

        var tree = LocalTree.Read([_folder["conf"]], Stop);

        Assert.Equal(["", "inside", "sub", "sub/file", "sub/up"], tree.Items.Select(static item => item.Rest));
        Assert.Equal([_folder["conf/absolute"], _folder["conf/relative"]], tree.Skipped.All.Select(static one => one.Path));
        Assert.Equal((1, 4), (tree.Files, tree.Bytes));
    }

    [Fact]
    public void A_link_that_is_asked_for_is_followed()
    {
        _folder.Write("v2/file", "text");
        Directory.CreateSymbolicLink(_folder["current"], "v2");

        var tree = LocalTree.Read([_folder["current"]], Stop);

        Assert.Equal(["", "file"], tree.Items.Select(static item => item.Rest));
    }

    [Fact]
    public async Task A_named_pipe_is_left_out_and_waited_for_by_nobody()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || !File.Exists("/usr/bin/mkfifo"), "No pipes are among the files, as on Windows and wine.");
        _folder.Write("conf/empty", "");
        using (var made = Process.Start("/usr/bin/mkfifo", _folder["conf/pipe"]))
            await made.WaitForExitAsync(Stop);

        var tree = LocalTree.Read([_folder["conf"]], Stop);

        Assert.Equal(["", "empty"], tree.Items.Select(static item => item.Rest));
        Assert.Contains("named pipe", Assert.Single(tree.Skipped.All).Reason, StringComparison.Ordinal);
        Assert.Contains("named pipe", Assert.Throws<FaultException>(() => LocalTree.Read([_folder["conf/pipe"]], Stop)).Fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archive_is_as_long_as_it_was_measured_and_of_whole_records()
    {
        TreeOf.Write(_folder["site"]);
        var tree = LocalTree.Read([_folder["site"]], Stop);
        using var archive = new MemoryStream();

        await Packing.WriteAsync(tree, ["site"], archive, Stop);

        Assert.Equal(archive.Length, await Packing.MeasureAsync(tree, ["site"], Stop));
        Assert.Equal(0, archive.Length % 10_240);
    }

    [Fact]
    public async Task A_file_that_grows_is_cut_where_it_was_and_one_that_shrinks_is_a_fault()
    {
        _folder.Write("log", "first");
        var tree = LocalTree.Read([_folder["log"]], Stop);
        await File.AppendAllTextAsync(_folder["log"], "second", Stop);
        using var archive = new MemoryStream();
        await Packing.WriteAsync(tree, ["log"], archive, Stop);
        archive.Position = 0;
        await Unpacking.TakeAsync(archive, "log", new LocalTarget(_folder["copy"], false), new Unpacked(), Stop);
        Assert.Equal("first", await File.ReadAllTextAsync(_folder["copy"], Stop));

        await File.WriteAllTextAsync(_folder["log"], "1", Stop);
        var e = await Assert.ThrowsAsync<FaultException>(() => Packing.WriteAsync(tree, ["log"], Stream.Null, Stop));
        Assert.Contains("shorter", e.Fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_real_tar_unpacks_what_is_packed_and_packs_what_is_unpacked()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || !File.Exists("/usr/bin/tar"), "There is no /usr/bin/tar, as on Windows and wine.");
        TreeOf.Write(_folder["site"]);
        File.CreateSymbolicLink(_folder["site/link"], "deep/empty");
        Directory.CreateDirectory(_folder["theirs"]);
        using (var tar = Start("xpf", "-", "-C", _folder["theirs"]))
        {
            await Packing.WriteAsync(LocalTree.Read([_folder["site"]], Stop), ["site"], tar.StandardInput.BaseStream, Stop);
            tar.StandardInput.Close();
            await tar.WaitForExitAsync(Stop);
            Assert.Equal((0, ""), (tar.ExitCode, await tar.StandardError.ReadToEndAsync(Stop)));
        }

        Assert.Equal(TreeOf.Folder(_folder["site"]), TreeOf.Folder(_folder["theirs/site"]));
        var ours = new LocalTarget(_folder["ours"], force: false);
        using (var tar = Start("cf", "-", "-C", _folder["theirs"], "--", "site"))
        {
            await Unpacking.TakeAsync(tar.StandardOutput.BaseStream, "site", ours, new Unpacked(), Stop);
            await tar.StandardOutput.BaseStream.CopyToAsync(Stream.Null, Stop);
            await tar.WaitForExitAsync(Stop);
        }

        ours.Finish();
        Assert.Empty(ours.Skipped.All);
        Assert.Equal(TreeOf.Folder(_folder["site"]), TreeOf.Folder(_folder["ours"]));
    }

    private static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("/usr/bin/tar", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
}
