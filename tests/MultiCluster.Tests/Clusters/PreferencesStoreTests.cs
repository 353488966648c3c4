using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Kubeconfig;
using MultiCluster.Tests.Kubeconfig;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Clusters;

public sealed class PreferencesStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly PreferencesStore _store;

    public PreferencesStoreTests() => _store = new PreferencesStore(_folder["multicluster"], new TestClock());

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Write(string json) => _folder.Write("multicluster/preferences.json", json);

    private string Text() => File.ReadAllText(_store.FilePath);

    private static Preferences Search(Preferences preferences, string path) => preferences with { Search = [.. preferences.Search, path] };

    private async Task<Fault> RefusedAsync() =>
        (await Assert.ThrowsAsync<FaultException>(() => _store.UpdateAsync(p => Search(p, "/x"), Stop))).Fault;

    [Fact]
    public void Without_a_file_there_are_no_preferences_and_none_is_made()
    {
        var loaded = _store.Load();

        Assert.Equal(Preferences.Empty, loaded.Preferences);
        Assert.Empty(loaded.Notices);
        Assert.False(Directory.Exists(_folder["multicluster"]));
    }

    [Fact]
    public async Task What_is_written_is_read_back()
    {
        await _store.UpdateAsync(
            _ => new Preferences
            {
                LastSelection = [new SelectedCluster("config:arn:aws:x", "/kube/config")],
                Search = ["~/clusters", "/é/\"x\""],
                Clusters =
                [
                    new PreferenceRule
                    {
                        Pattern = "*prod*",
                        Alias = "a",
                        DefaultNamespace = "web",
                        Group = ["x", "y"],
                        Tag = new Dictionary<string, string> { ["tier"] = "1", ["eu"] = "" },
                        Protected = false,
                        Qps = 2.5,
                        ThrottleLimit = 4,
                    },
                    new PreferenceRule { Pattern = "b", Group = [] },
                ],
            },
            Stop);

        var read = new PreferencesStore(_folder["multicluster"]).Load().Preferences;

        Assert.Equal([new SelectedCluster("config:arn:aws:x", "/kube/config")], read.LastSelection);
        Assert.Equal(["~/clusters", "/é/\"x\""], read.Search);
        var rule = read.Clusters[0];
        Assert.Equal(("*prod*", "a", "web", false, 2.5, 4), (rule.Pattern, rule.Alias, rule.DefaultNamespace, rule.Protected, rule.Qps, rule.ThrottleLimit));
        Assert.Equal(["x", "y"], rule.Group!);
        Assert.Equal([new("eu", ""), new("tier", "1")], rule.Tag!.OrderBy(t => t.Key));
        Assert.Empty(read.Clusters[1].Group!);
        Assert.Null(read.Clusters[1].Protected);
        Assert.Contains("\"schemaVersion\": 1", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Written_by_hand_it_may_be_short()
    {
        Write("""
            {
              // mine
              "clusters": [{ "pattern": "*prod*", "group": "prod", "tag": ["eu", "eu"], "alias": null, },],
            }
            """);

        var loaded = _store.Load();

        Assert.Empty(loaded.Notices);
        var rule = Assert.Single(loaded.Preferences.Clusters);
        Assert.Equal(["prod"], rule.Group!);
        Assert.Equal([new("eu", "")], rule.Tag!);
        Assert.Null(rule.Alias);
    }

    [Fact]
    public async Task Fields_nobody_knows_are_kept_everywhere()
    {
        Write("""
            {"future": {"a": [1]}, "lastSelection": [{"clusterId": "c:a", "kubeconfigPath": "/c", "since": "today"}],
             "clusters": [{"pattern": "a", "colour": "red"}, {"comment": "no pattern"}]}
            """);

        await _store.UpdateAsync(p => Search(p with { Clusters = [p.Clusters[0] with { Alias = "x" }, p.Clusters[1]] }, "/x"), Stop);

        Assert.Equal(
            """
            {"schemaVersion":1,"lastSelection":[{"clusterId":"c:a","kubeconfigPath":"/c","since":"today"}],"search":["/x"],
            "clusters":[{"pattern":"a","alias":"x","colour":"red"},{"comment":"nopattern"}],"future":{"a":[1]}}
            """.ReplaceLineEndings(""),
            string.Concat(Text().Where(c => !char.IsWhiteSpace(c))));
    }

    [Fact]
    public async Task A_field_of_the_wrong_type_is_ignored_told_and_kept()
    {
        var path = Write("""{"search": "/one", "clusters": [{"pattern": "a", "protected": "yes", "qps": -1, "alias": "x"}]}""");

        var loaded = _store.Load();
        await _store.UpdateAsync(p => p with { Clusters = [p.Clusters[0] with { Qps = 3 }] }, Stop);

        Assert.Equal(
            [
                $"{path}: search is not a list of texts and is ignored.",
                $"{path}: clusters[0].protected is not what it should be and is ignored.",
                $"{path}: clusters[0].qps is not what it should be and is ignored.",
            ],
            loaded.Notices);
        Assert.Equal("x", loaded.Preferences.Clusters[0].Alias);
        Assert.Contains("\"protected\": \"yes\"", Text(), StringComparison.Ordinal);
        Assert.Contains("\"qps\": 3", Text(), StringComparison.Ordinal);
        Assert.Contains("\"search\": \"/one\"", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sessions_that_change_different_things_do_not_lose_each_others()
    {
        var other = new PreferencesStore(_folder["multicluster"]);
        _store.Load();
        await other.UpdateAsync(p => Search(p, "/other"), Stop);

        await _store.UpdateAsync(p => p with { LastSelection = [new SelectedCluster("c:a", "/c")] }, Stop);

        Assert.Equal(["/other"], other.Load().Preferences.Search);
        Assert.Single(other.Load().Preferences.LastSelection);
    }

    [Fact]
    public async Task Sessions_that_write_at_once_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i =>
            new PreferencesStore(_folder["multicluster"]).UpdateAsync(p => Search(p, $"/{i}"), Stop)));

        Assert.Equal(10, _store.Load().Preferences.Search.Count);
    }

    [Theory]
    [InlineData("{\"search\": [")]
    [InlineData("[]")]
    [InlineData("nonsense")]
    [InlineData("{\"schemaVersion\": \"one\"}")]
    [InlineData("{\"search\": [], \"search\": []}")]
    public async Task A_damaged_file_is_set_aside_whole(string text)
    {
        Write(text);

        var loaded = _store.Load();

        var aside = _folder["multicluster/preferences.damaged-20260101-000000.json"];
        Assert.Equal(Preferences.Empty, loaded.Preferences);
        Assert.Contains(aside, Assert.Single(loaded.Notices), StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(aside));
        await _store.UpdateAsync(p => Search(p, "/x"), Stop);
        Assert.Equal(["/x"], _store.Load().Preferences.Search);
    }

    [Fact]
    public async Task What_was_set_aside_is_told_to_every_reader_until_it_is_removed()
    {
        Write("nonsense");
        await _store.UpdateAsync(p => Search(p, "/x"), Stop);
        var aside = _folder["multicluster/preferences.damaged-20260101-000000.json"];

        var other = new PreferencesStore(_folder["multicluster"]);
        Assert.Contains(aside, Assert.Single(other.Load().Notices), StringComparison.Ordinal);
        Assert.Contains(aside, Assert.Single((await other.UpdateAsync(p => Search(p, "/y"), Stop)).Notices), StringComparison.Ordinal);
        File.Delete(aside);

        Assert.Empty(other.Load().Notices);
    }

    [Theory]
    [InlineData("a\\ud800b", "a\uFFFDb")]
    [InlineData("\\udc00", "\uFFFD")]
    [InlineData("\\ud83d\\ude00\\\\ud800", "😀\\ud800")]
    [InlineData("\\u0000", "\0")]
    public async Task Half_a_surrogate_pair_is_a_character_that_nobody_knows(string written, string read)
    {
        Write($$"""{"search": ["{{written}}"], "x{{written}}": {"{{written}}": "{{written}}"}, "clusters": [{"pattern": "{{written}}", "tag": {"{{written}}": "{{written}}"} }]}""");

        await _store.UpdateAsync(p => Search(p, "/x"), Stop);
        var loaded = _store.Load();

        Assert.Empty(loaded.Notices);
        Assert.Equal([read, "/x"], loaded.Preferences.Search);
        Assert.Equal(read, Assert.Single(loaded.Preferences.Clusters).Pattern);
        Assert.Equal(read, loaded.Preferences.Clusters[0].Tag![read]);
    }

    [Fact]
    public void Bytes_that_are_no_utf8_are_read_as_characters_that_nobody_knows()
    {
        Write("");
        File.WriteAllBytes(_store.FilePath, [.. "{\"search\": [\"a"u8, 0xff, .. "\"]}"u8]);

        Assert.Equal(["a\uFFFD"], _store.Load().Preferences.Search);
    }

    [Fact]
    public void What_a_killed_writer_left_is_removed_by_the_next_reader()
    {
        var leftover = _folder.Write("multicluster/.preferences.json.abcdefgh.ijk.tmp", "{");
        var other = _folder.Write("multicluster/.preferences.json.mine.tmp", "{");

        _store.Load();

        Assert.False(File.Exists(leftover));
        Assert.True(File.Exists(other));
    }

    [Fact]
    public async Task What_a_writer_is_writing_is_no_leftover()
    {
        var beingWritten = _folder.Write("multicluster/.preferences.json.abcdefgh.ijk.tmp", "{");
        using (await FileLock.TakeAsync(_store.FilePath, TimeProvider.System, Stop))
            _store.Load();

        Assert.True(File.Exists(beingWritten));
    }

    [Fact]
    public async Task A_second_damaged_file_does_not_replace_the_first()
    {
        Write("first");
        _store.Load();
        Write("second");

        var updated = await _store.UpdateAsync(p => Search(p, "/x"), Stop);

        Assert.Equal(2, updated.Notices.Count);
        Assert.Equal("first", File.ReadAllText(_folder["multicluster/preferences.damaged-20260101-000000.json"]));
        Assert.Equal("second", File.ReadAllText(_folder["multicluster/preferences.damaged-20260101-000000-2.json"]));
        Assert.Equal(["/x"], _store.Load().Preferences.Search);
    }

    [Fact]
    public void An_empty_file_is_no_preferences()
    {
        Write("\n");

        Assert.Empty(_store.Load().Notices);
    }

    [Fact]
    public async Task A_newer_versions_file_is_read_and_never_written()
    {
        const string Json = """{"schemaVersion": 2, "search": ["/x"], "clusters": {"new": "shape"}}""";
        Write(Json);

        var loaded = _store.Load();
        var fault = await RefusedAsync();

        Assert.Equal(["/x"], loaded.Preferences.Search);
        Assert.Contains("schema version 2", loaded.Notices[0], StringComparison.Ordinal);
        Assert.Contains("schema version 2", fault.Detail, StringComparison.Ordinal);
        Assert.Equal("Update MultiCluster.", fault.Advice);
        Assert.Equal(Json, Text());
    }

    [Fact]
    public async Task A_read_only_file_is_read_and_a_change_is_a_clear_error()
    {
        var path = Write("""{"search": ["/x"]}""");
        File.SetAttributes(path, FileAttributes.ReadOnly);

        var fault = await RefusedAsync();
        File.SetAttributes(path, FileAttributes.Normal);

        Assert.Equal($"{path} cannot be written (it is read-only)", fault.Detail);
        Assert.Equal(["/x"], _store.Load().Preferences.Search);
    }

    [Fact]
    public async Task A_read_only_folder_is_read_and_a_change_is_a_clear_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Needs a user whom permissions bind.");
        if (OperatingSystem.IsWindows()) return;
        var path = Write("""{"search": ["/x"]}""");
        File.SetUnixFileMode(_folder["multicluster"], UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var fault = await RefusedAsync();
        var loaded = _store.Load();
        File.SetUnixFileMode(_folder["multicluster"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Assert.Equal($"{path} cannot be written (permission denied)", fault.Detail);
        Assert.Equal(["/x"], loaded.Preferences.Search);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_told_and_not_overwritten()
    {
        Directory.CreateDirectory(_store.FilePath);

        var loaded = _store.Load();
        var fault = await RefusedAsync();

        Assert.Equal([$"The preferences at {_store.FilePath} cannot be read."], loaded.Notices);
        Assert.Equal($"the preferences at {_store.FilePath} cannot be read", fault.Detail);
    }

    [Fact]
    public async Task A_change_that_fails_leaves_the_file_as_it_was()
    {
        Write("{}");

        await Assert.ThrowsAsync<InvalidOperationException>(() => _store.UpdateAsync(_ => throw new InvalidOperationException(), Stop));

        Assert.Equal("{}", Text());
        Assert.NotNull(await _store.UpdateAsync(p => p, Stop));
        Assert.Equal("{}", Text());
    }

    [Fact]
    public async Task Only_the_owner_may_read_the_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows and wine keep the profile's own permissions.");
        if (OperatingSystem.IsWindows()) return;

        await _store.UpdateAsync(p => Search(p, "/x"), Stop);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_store.FilePath));
    }

    [Fact]
    public async Task A_link_into_a_dotfiles_folder_stays_one()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows, and wine makes none.");
        var real = _folder.Write("dotfiles/preferences.json", "{}");
        Directory.CreateDirectory(_folder["multicluster"]);
        File.CreateSymbolicLink(_store.FilePath, real);

        await _store.UpdateAsync(p => Search(p, "/x"), Stop);

        Assert.NotNull(new FileInfo(_store.FilePath).LinkTarget);
        Assert.Contains("/x", File.ReadAllText(real), StringComparison.Ordinal);
    }

    [Fact]
    public void The_folder_follows_the_platforms_rules()
    {
        Assert.Equal(Path.Combine("/home/j", ".config", "multicluster"), PreferencesFolder.For(_ => null, null, "/home/j"));
        Assert.Equal(Path.Combine("/home/j", ".config", "multicluster"), PreferencesFolder.For(_ => "relative", null, "/home/j"));
        Assert.Equal(Path.Combine(_folder.Path, "multicluster"), PreferencesFolder.For(_ => _folder.Path, null, "/home/j"));
        Assert.Equal(Path.Combine("/data", "multicluster"), PreferencesFolder.For(_ => _folder.Path, "/data", "/home/j"));
    }

    [Fact]
    public void The_cache_is_in_the_platforms_folder_unless_a_variable_names_another()
    {
        Assert.Equal(Path.Combine("/home/j", ".cache", "multicluster"), CacheFolder.For(_ => null, null, "/home/j"));
        Assert.Equal(Path.Combine("/home/j", ".cache", "multicluster"), CacheFolder.For(_ => "relative", null, "/home/j"));
        Assert.Equal("/home/j/Library/Caches/multicluster", CacheFolder.For(_ => "", "/home/j/Library/Caches/multicluster", "/home/j"));
        Assert.Equal(Path.Combine(_folder.Path, "multicluster"), CacheFolder.For(_ => _folder.Path, "/home/j/Library/Caches/multicluster", "/home/j"));
    }
}
