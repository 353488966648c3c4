using MultiCluster.Api.Discovery;
using MultiCluster.Objects;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Api.Discovery;

public sealed class DiscoveryDiskCacheTests : IDisposable
{
    private const string Key = "0123abcd";

    private readonly TestClock _time = new();
    private readonly string _root = Directory.CreateTempSubdirectory("multicluster-discovery-").FullName;
    private readonly DiscoveryDiskCache _cache;

    public DiscoveryDiskCacheTests() => _cache = new(Folder, _time);

    private string Folder => Path.Combine(_root, "multicluster", "discovery");

    private string FilePath => Path.Combine(Folder, Key + ".json");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task What_is_kept_is_read_again()
    {
        var snapshot = await SnapshotAsync();

        _cache.Write(Key, snapshot);
        var read = _cache.Read(Key)!;

        Assert.Equal(snapshot.FetchedAt, read.FetchedAt);
        Assert.Equal(snapshot.Notices, read.Notices);
        Assert.Equal(snapshot.Kinds.Select(Describe), read.Kinds.Select(Describe));
        Assert.Equal([FilePath], Directory.GetFiles(Folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_snapshot_is_believed_for_six_hours()
    {
        _cache.Write(Key, await SnapshotAsync());

        _time.Advance(TimeSpan.FromHours(6) - TimeSpan.FromSeconds(1));
        Assert.NotNull(_cache.Read(Key));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(_cache.Read(Key));
    }

    [Fact]
    public async Task A_snapshot_of_the_future_is_not_believed()
    {
        var snapshot = await SnapshotAsync();

        _cache.Write(Key, snapshot with { FetchedAt = snapshot.FetchedAt + TimeSpan.FromHours(1) });

        Assert.Null(_cache.Read(Key));
    }

    [Fact]
    public async Task What_a_killed_process_left_is_removed_once_it_is_old()
    {
        Directory.CreateDirectory(Folder);
        string[] leftovers = [Path.Combine(Folder, ".a.json"), Path.Combine(Folder, ".b.json")];
        foreach (var leftover in leftovers)
            await File.WriteAllTextAsync(leftover, "half", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(leftovers[0], _time.GetUtcNow().UtcDateTime - TimeSpan.FromHours(7));
        File.SetLastWriteTimeUtc(leftovers[1], _time.GetUtcNow().UtcDateTime - TimeSpan.FromHours(5));

        _cache.Write(Key, await SnapshotAsync());

        Assert.Equal([FilePath, leftovers[1]], Directory.GetFiles(Folder).Order(StringComparer.Ordinal).Reverse());
    }

    [Fact]
    public async Task A_damaged_file_is_ignored_and_replaced()
    {
        var snapshot = await SnapshotAsync();
        _cache.Write(Key, snapshot);
        var whole = await File.ReadAllBytesAsync(FilePath, TestContext.Current.CancellationToken);

        foreach (var length in (int[])[0, 1, 30, whole.Length / 2, whole.Length - 1])
        {
            await File.WriteAllBytesAsync(FilePath, whole[..length], TestContext.Current.CancellationToken);
            Assert.Null(_cache.Read(Key));
        }

        _cache.Write(Key, snapshot);
        Assert.NotNull(_cache.Read(Key));
    }

    [Fact]
    public async Task A_file_of_another_schema_is_ignored()
    {
        _cache.Write(Key, await SnapshotAsync());
        var text = await File.ReadAllTextAsync(FilePath, TestContext.Current.CancellationToken);

        await File.WriteAllTextAsync(
            FilePath,
            text.Replace("\"schema\":1", "\"schema\":0", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);

        Assert.Null(_cache.Read(Key));
    }

    [Fact]
    public async Task Only_the_owner_may_read_it()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows and wine guard the user's profile by inheritance.");
            return;
        }

        _cache.Write(Key, await SnapshotAsync());

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_no_error()
    {
        var file = Path.Combine(_root, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        var cache = new DiscoveryDiskCache(Path.Combine(file, "below"), _time);

        cache.Write(Key, await SnapshotAsync());

        Assert.Null(cache.Read(Key));
    }

    [Fact]
    public void The_key_depends_on_server_and_certificate_authority()
    {
        string[] keys =
        [
            DiscoveryDiskCache.KeyOf("https://a:6443", "ca"),
            DiscoveryDiskCache.KeyOf("https://b:6443", "ca"),
            DiscoveryDiskCache.KeyOf("https://a:6443", "other"),
            DiscoveryDiskCache.KeyOf("https://a:6443", null),
        ];

        Assert.Equal(4, keys.Distinct().Count());
        Assert.Equal(keys[0], DiscoveryDiskCache.KeyOf("https://a:6443/", "ca\n"));
        Assert.All(keys, key => Assert.Matches("^[0-9a-f]{32}$", key));
    }

    private static string Describe(ResourceKind kind) =>
        $"{kind.ApiVersion} {kind.Kind} {kind.Plural} {kind.Singular} {kind.Namespaced} {string.Join(',', kind.ShortNames)} "
        + $"{string.Join(',', kind.Categories)} {string.Join(',', kind.Verbs)} {string.Join(',', kind.Subresources)}";

    private Task<DiscoverySnapshot> SnapshotAsync() => new DiscoveryClient(RecordedDiscovery.Of(Recordings.Aggregated()), _time)
        .FetchAsync(TestContext.Current.CancellationToken);
}
