using System.Formats.Tar;
using System.Text;
using MultiCluster.Sandbox.Containers;

namespace MultiCluster.Tests.Sandbox;

/// <summary>A container's files are a folder of this machine, which nothing leads out of.</summary>
public sealed class ContainerFilesTests : IAsyncDisposable
{
    private readonly string _outside = Directory.CreateTempSubdirectory("outside-").FullName;
    private readonly SimulatedContainer _container = new("web-0", new ContainerOptions(), [], [], TimeProvider.System);

    public ContainerFilesTests() => File.WriteAllText(Path.Combine(_outside, "secret"), "secret");

    private string Root => _container.Files.Root;

    public async ValueTask DisposeAsync()
    {
        await _container.DisposeAsync();
        Directory.Delete(_outside, recursive: true);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("..")]
    [InlineData("/../../../..")]
    [InlineData("/etc/../../..//.././tmp")]
    [InlineData("/a/b/c/../../../../../../etc/passwd")]
    public void A_path_never_leaves_the_folder(string path) => Assert.True(IsInside(_container.Files.Locate(path)));

    [Fact]
    public void The_machines_own_paths_are_names_like_any_other()
    {
        Assert.False(_container.Files.Exists(Path.Combine(_outside, "secret")));
        Assert.True(IsInside(_container.Files.Locate(Path.Combine(_outside, "secret"))));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("../../../../..")]
    [InlineData("/../..")]
    public void A_link_is_followed_within_the_folder(string target)
    {
        _container.Files.Link("/tmp/link", target);
        Assert.Equal(_container.Files.Locate("/etc/hostname"), _container.Files.Locate("/tmp/link/etc/hostname"));
        Assert.Null(new FileInfo(Path.Combine(Root, "tmp", "link")).LinkTarget);
    }

    [Fact]
    public void A_link_of_the_machine_is_read_as_one_of_the_containers()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows makes links for administrators alone.");
        Directory.CreateSymbolicLink(Path.Combine(Root, "way-out"), _outside);
        Assert.False(_container.Files.Exists("/way-out/secret"));
        Assert.Throws<IOException>(() => _container.Files.OpenRead("/way-out/secret").Dispose());
        Assert.Throws<IOException>(() => _container.Files.OpenWrite("/way-out/new").Dispose());
        Assert.Equal(["secret"], Directory.EnumerateFileSystemEntries(_outside).Select(Path.GetFileName));
    }

    [Fact]
    public void Links_in_a_circle_are_an_error()
    {
        _container.Files.Link("/a", "/b");
        _container.Files.Link("/b", "/a");
        Assert.Equal("Too many levels of symbolic links", Assert.Throws<IOException>(() => _container.Files.Locate("/a/x")).Message);
    }

    [Fact]
    public async Task Removing_everything_removes_what_is_in_the_folder_and_nothing_else()
    {
        if (!OperatingSystem.IsWindows()) Directory.CreateSymbolicLink(Path.Combine(Root, "way-out"), _outside);
        _container.Files.Link("/home/up", "../../../..");
        Assert.Equal(0, await RunAsync("rm -rf /"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Root));
        Assert.True(File.Exists(Path.Combine(_outside, "secret")));
    }

    [Fact]
    public async Task The_folder_goes_with_the_container()
    {
        var root = Root;
        Assert.Equal(0, await RunAsync("mkdir /x; ln -s / /x/y; echo a > /x/z"));
        await _container.DisposeAsync();
        Assert.False(Directory.Exists(root));
    }

    [Fact]
    public async Task An_archive_with_dots_in_a_name_leaves_nothing_outside()
    {
        var (exitCode, error) = await ExtractAsync(Entry("../escaped", "x"), Entry("sub/../../escaped", "x"), Entry("good", "x"));
        Assert.Equal(2, exitCode);
        Assert.Contains("../escaped: Member name contains '..'", error, StringComparison.Ordinal);
        Assert.True(_container.Files.IsFile("/tmp/good"));
        Assert.False(_container.Files.Exists("/escaped"));
        Assert.False(File.Exists(Path.Combine(Path.GetDirectoryName(Root)!, "escaped")));
    }

    [Fact]
    public async Task An_archive_with_absolute_names_is_put_where_it_is_told()
    {
        Assert.Equal(0, (await ExtractAsync(Entry(Path.Combine(_outside, "new").Replace('\\', '/'), "x"))).ExitCode);
        Assert.Equal(["secret"], Directory.EnumerateFileSystemEntries(_outside).Select(Path.GetFileName));
    }

    [Fact]
    public async Task An_archive_that_writes_through_its_own_link_stays_inside()
    {
        var link = new PaxTarEntry(TarEntryType.SymbolicLink, "way") { LinkName = _outside };
        await ExtractAsync(link, Entry("way/new", "x"));
        Assert.Equal(["secret"], Directory.EnumerateFileSystemEntries(_outside).Select(Path.GetFileName));
        Assert.All(Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories), file => Assert.Null(new FileInfo(file).LinkTarget));
    }

    [Fact]
    public async Task A_file_of_an_archive_replaces_a_link_instead_of_writing_through_it()
    {
        _container.Files.Link("/tmp/name", "/etc/hostname");
        Assert.Equal(0, (await ExtractAsync(Entry("name", "new"))).ExitCode);
        Assert.Equal("web-0\n", await File.ReadAllTextAsync(_container.Files.Locate("/etc/hostname"), TestContext.Current.CancellationToken));
        Assert.Null(_container.Files.ReadLink("/tmp/name"));
    }

    [Fact]
    public async Task A_hard_link_in_an_archive_is_refused() =>
        Assert.Equal(2, (await ExtractAsync(new PaxTarEntry(TarEntryType.HardLink, "hard") { LinkName = Path.Combine(_outside, "secret") })).ExitCode);

    private bool IsInside(string place) => place == Root || place.StartsWith(Root + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private Task<int> RunAsync(string command) => _container.RunAsync(["sh", "-c", command], new ProgramStreams(null, Stream.Null, Stream.Null), TestContext.Current.CancellationToken);

    private async Task<(int ExitCode, string Error)> ExtractAsync(params TarEntry[] entries)
    {
        using var archive = new MemoryStream();
        await using (var writer = new TarWriter(archive, leaveOpen: true))
            foreach (var entry in entries) await writer.WriteEntryAsync(entry, TestContext.Current.CancellationToken);
        archive.Position = 0;
        using var error = new MemoryStream();
        var exitCode = await _container.RunAsync(["tar", "xf", "-", "-C", "/tmp"], new ProgramStreams(archive, Stream.Null, error), TestContext.Current.CancellationToken);
        return (exitCode, Encoding.UTF8.GetString(error.ToArray()));
    }

    private static PaxTarEntry Entry(string name, string text) => new(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) };
}
