using System.Formats.Tar;
using MultiCluster.Copying.Local;
using MultiCluster.Faults;
using MultiCluster.Tests.Kubeconfig;

namespace MultiCluster.Tests.Copying.Local;

/// <summary>Archives that are taken apart, among them such as would lead out of the folder that they are for.</summary>
public sealed class UnpackingTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly LocalTarget _target;

    public UnpackingTests()
    {
        _folder.Write("outside/secret", "untouched");
        _target = new LocalTarget(_folder["got/conf"], force: false);
    }

    public static TheoryData<string, string> Escapes => new()
    {
        { "/etc/passwd", "absolute" },
        { "//etc/passwd", "absolute" },
        { "conf/../../outside/secret", ".." },
        { "conf/a/../../../outside/secret", ".." },
        { "../outside/secret", ".." },
        { "..", ".." },
        { "outside/secret", "not asked for" },
        { "config/x", "not asked for" },
        { "conf/\uFFFD", "UTF-8" },
    };

    public static TheoryData<string> OutwardLinks => ["/etc/passwd", "../../outside/secret", "..", "a/../../../outside/secret", "a/..", "./../..", "//x"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Escapes))]
    public async Task A_name_that_leads_elsewhere_is_skipped_and_told(string name, string reason)
    {
        await TakeAsync(new Archive().Folder("conf/").File(name, "evil").File("conf/good"));

        Assert.Contains(reason, Skipped(name), StringComparison.Ordinal);
        Untouched("conf", "conf/good");
    }

    [Theory]
    [MemberData(nameof(OutwardLinks))]
    public async Task A_link_that_leads_out_is_skipped_and_told(string target)
    {
        await TakeAsync(new Archive().Folder("conf/").Link("conf/link", target).File("conf/good"));

        Assert.Contains("leads out", Skipped("conf/link"), StringComparison.Ordinal);
        Untouched("conf", "conf/good");
    }

    [Fact]
    public async Task A_name_that_is_another_one_in_other_capitals_overwrites_nothing()
    {
        var target = new LocalTarget(_folder["got/conf"], force: false, StringComparer.OrdinalIgnoreCase);

        await Unpacking.TakeAsync(new Archive().Folder("conf/").File("conf/README", "one").File("conf/readme", "two").File("conf/README", "one again").Read(), "conf", target, new Unpacked(), Stop);

        Assert.Equal("conf/readme: here it would be one with README, since capitals do not tell files apart", $"{Assert.Single(target.Skipped.All)}");
        Assert.Equal("one again", File.ReadAllText(_folder["got/conf/README"]));
    }

    [Fact]
    public async Task Nothing_is_written_through_a_link_that_came_before()
    {
        await TakeAsync(new Archive().Folder("conf/").Folder("conf/inside/").Link("conf/link", "inside").File("conf/link/file", "evil"));

        Assert.Contains("link lies on its way", Skipped("conf/link/file"), StringComparison.Ordinal);
        Untouched("conf", "conf/inside", "conf/link");
    }

    [Fact]
    public async Task No_folder_takes_the_place_of_a_link_and_no_link_that_of_a_folder()
    {
        await TakeAsync(new Archive().Folder("conf/").Folder("conf/inside/").Link("conf/link", "inside").Folder("conf/link/").Link("conf/inside", "link"));

        Assert.Equal(2, _target.Skipped.Count);
        Assert.Equal("inside", new FileInfo(_folder["got/conf/link"]).LinkTarget);
        Assert.Null(new DirectoryInfo(_folder["got/conf/inside"]).LinkTarget);
    }

    [Fact]
    public async Task A_file_replaces_a_link_and_is_not_written_through_it()
    {
        await TakeAsync(new Archive().Folder("conf/").File("conf/real", "first").Link("conf/link", "real").File("conf/link", "second"));

        Assert.Equal("first", await File.ReadAllTextAsync(_folder["got/conf/real"], Stop));
        Assert.Equal("second", await File.ReadAllTextAsync(_folder["got/conf/link"], Stop));
        Assert.Null(new FileInfo(_folder["got/conf/link"]).LinkTarget);
    }

    [Fact]
    public async Task A_users_own_link_in_the_destination_is_not_written_through()
    {
        Directory.CreateDirectory(_folder["got/conf"]);
        Directory.CreateSymbolicLink(_folder["got/conf/own"], _folder["outside"]);

        await TakeAsync(new Archive().File("conf/own/secret", "evil").File("conf/good"));

        Assert.Contains("link", Skipped("conf/own/secret"), StringComparison.Ordinal);
        Untouched("conf", "conf/good", "conf/own");
    }

    [Fact]
    public async Task A_destination_that_is_a_link_is_not_written_through()
    {
        Directory.CreateDirectory(_folder["got"]);
        Directory.CreateSymbolicLink(_folder["got/conf"], _folder["outside"]);

        var e = await Assert.ThrowsAsync<FaultException>(() => TakeAsync(new Archive().Folder("conf/").File("conf/secret", "evil")));

        Assert.Equal(FaultPhase.Invalid, e.Fault.Phase);
        Assert.Equal("untouched", await File.ReadAllTextAsync(_folder["outside/secret"], Stop));
    }

    [Theory]
    [InlineData(TarEntryType.HardLink, "hard link")]
    [InlineData(TarEntryType.CharacterDevice, "device")]
    [InlineData(TarEntryType.BlockDevice, "device")]
    [InlineData(TarEntryType.Fifo, "named pipe")]
    public async Task What_is_neither_file_nor_folder_is_skipped_and_told(TarEntryType type, string reason)
    {
        await TakeAsync(new Archive().Folder("conf/").Add(type, "conf/odd", link: type == TarEntryType.HardLink ? "../outside/secret" : null).File("conf/good"));

        Assert.Contains(reason, Skipped("conf/odd"), StringComparison.Ordinal);
        Untouched("conf", "conf/good");
    }

    [Fact]
    public async Task Links_that_stay_inside_are_kept()
    {
        await TakeAsync(new Archive().Folder("conf/").Folder("conf/..data_1/").File("conf/..data_1/app.yaml").Link("conf/..data", "..data_1").Link("conf/app.yaml", "..data/app.yaml").Link("conf/..data_1/up", "../app.yaml"));

        Assert.Empty(_target.Skipped.All);
        Assert.Equal("text", await File.ReadAllTextAsync(_folder["got/conf/app.yaml"], Stop));
        Assert.Equal("../app.yaml", new FileInfo(_folder["got/conf/..data_1/up"]).LinkTarget);
    }

    [Fact]
    public async Task Modes_and_times_are_kept_and_no_program_gets_to_run_as_another()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows and wine have no such modes.");
            return;
        }

        const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.UserExecute;

        await TakeAsync(new Archive().Folder("conf/", ReadOnly).File("conf/file", mode: ReadOnly | UnixFileMode.SetUser | UnixFileMode.StickyBit));

        Assert.Equal(ReadOnly, File.GetUnixFileMode(_folder["got/conf/file"]));
        Assert.Equal(ReadOnly, File.GetUnixFileMode(_folder["got/conf"]));
        Assert.Equal(Archive.Time.UtcDateTime, File.GetLastWriteTimeUtc(_folder["got/conf/file"]));
        Assert.Equal(Archive.Time.UtcDateTime, Directory.GetLastWriteTimeUtc(_folder["got/conf"]));
        File.SetUnixFileMode(_folder["got/conf"], ReadOnly | UnixFileMode.UserWrite);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a\nb")]
    [InlineData("-rf")]
    [InlineData("'\"$(x)`;*")]
    [InlineData("Grüße 日本 🚀")]
    [InlineData("..x")]
    [InlineData("back\\slash")]
    public async Task Names_are_as_they_are(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows and wine take no such names.");
        await TakeAsync(new Archive().File($"conf/{name}"));

        Assert.Equal([name], Directory.EnumerateFiles(_folder["got/conf"]).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("a:b")]
    [InlineData("NUL")]
    [InlineData("com1.txt")]
    [InlineData("dot.")]
    [InlineData("blank ")]
    [InlineData("back\\slash")]
    [InlineData("what?")]
    public void Names_that_Windows_does_not_take_are_known(string name)
    {
        Assert.False(EntryPath.TryParse($"conf/{name}", "conf", windows: true, out _, out var problem));
        Assert.Contains("no such name", problem, StringComparison.Ordinal);
        Assert.True(EntryPath.TryParse($"conf/{name}", "conf", windows: false, out _, out _));
    }

    [Fact]
    public async Task A_file_that_is_there_is_replaced_and_one_that_is_read_only_is_kept()
    {
        _folder.Write("got/conf/old", "old");
        _folder.Write("got/conf/kept", "kept");
        File.SetAttributes(_folder["got/conf/kept"], FileAttributes.ReadOnly);

        await TakeAsync(new Archive().File("conf/old", "new").File("conf/kept", "new"));

        Assert.Contains("-Force", Skipped("conf/kept"), StringComparison.Ordinal);
        Assert.Equal(("new", "kept"), (await File.ReadAllTextAsync(_folder["got/conf/old"], Stop), await File.ReadAllTextAsync(_folder["got/conf/kept"], Stop)));
        await Unpacking.TakeAsync(new Archive().File("conf/kept", "new").Read(), "conf", new LocalTarget(_folder["got/conf"], force: true), new Unpacked(), Stop);
        Assert.Equal("new", await File.ReadAllTextAsync(_folder["got/conf/kept"], Stop));
    }

    [Fact]
    public async Task A_single_file_goes_to_the_place_itself_and_many_cannot()
    {
        await TakeAsync(new Archive().File("conf", "one"));
        Assert.Equal("one", await File.ReadAllTextAsync(_folder["got/conf"], Stop));

        var e = await Assert.ThrowsAsync<FaultException>(() => TakeAsync(new Archive().Folder("conf/").File("conf/a")));
        Assert.Contains("is a file here", e.Fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archive_that_ends_too_early_leaves_nothing_half_done()
    {
        var whole = new Archive().File("conf/first").File("conf/second", new string('x', 10_000)).Bytes();
        for (var length = 1; length < whole.Length - 1024; length += 511)
        {
            var e = await Record.ExceptionAsync(() => Unpacking.TakeAsync(new MemoryStream(whole[..length]), "conf", new LocalTarget(_folder[$"cut-{length}/conf"], false), new Unpacked(), Stop));

            Assert.True(e is null or FaultException { Fault.Phase: FaultPhase.Decode }, $"{length}: {e}");
            Assert.All(Files($"cut-{length}"), static file => Assert.True(Path.GetFileName(file) is "first" ? new FileInfo(file).Length == 4 : Path.GetFileName(file) is "second" && new FileInfo(file).Length == 10_000));
        }
    }

    [Fact]
    public async Task What_is_no_archive_is_a_fault()
    {
        var e = await Assert.ThrowsAsync<FaultException>(() => Unpacking.TakeAsync(new MemoryStream([.. Enumerable.Repeat((byte)'x', 4096)]), "conf", _target, new Unpacked(), Stop));

        Assert.Equal(FaultPhase.Decode, e.Fault.Phase);
        Assert.Empty(Files("got"));
    }

    private async Task TakeAsync(Archive archive)
    {
        try
        {
            await Unpacking.TakeAsync(archive.Read(), "conf", _target, new Unpacked(), Stop);
        }
        finally
        {
            _target.Finish();
        }
    }

    private string Skipped(string name) => Assert.Single(_target.Skipped.All, one => one.Path == name).Reason;

    private IEnumerable<string> Files(string below) => Directory.Exists(_folder[below]) ? Directory.EnumerateFiles(_folder[below], "*", SearchOption.AllDirectories) : [];

    /// <summary>That what is outside is as it was, and in the destination there is what is listed and no more.</summary>
    private void Untouched(params string[] expected)
    {
        Assert.Equal("untouched", File.ReadAllText(_folder["outside/secret"]));
        Assert.Equal(["got", "outside"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order());
        Assert.Equal(["secret"], Directory.EnumerateFileSystemEntries(_folder["outside"]).Select(Path.GetFileName));
        Assert.Equal(expected.Order(StringComparer.Ordinal), Inside(_folder["got"]).Order(StringComparer.Ordinal));
    }

    private IEnumerable<string> Inside(string folder) => Directory.EnumerateFileSystemEntries(folder)
        .SelectMany(entry => new DirectoryInfo(entry) is { Exists: true, LinkTarget: null } ? Inside(entry).Prepend(entry) : [entry])
        .Select(entry => Path.IsPathRooted(entry) ? Path.GetRelativePath(_folder["got"], entry).Replace('\\', '/') : entry);
}
