using MultiCluster.Kubeconfig;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Kubeconfig;

public sealed class KubeconfigWatcherTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TestClock _time = new();
    private readonly KubeconfigWatcher _watcher;

    public KubeconfigWatcherTests() => _watcher = new KubeconfigWatcher(_time);

    public void Dispose()
    {
        _watcher.Dispose();
        _folder.Dispose();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private KubeconfigSnapshot Load(params string[] paths) =>
        new KubeconfigLoader().Load(new KubeconfigSearch { ExplicitPaths = paths, HomeFolder = _folder.Path }, Stop);

    private static async Task<IReadOnlyCollection<string>> NextAsync(KubeconfigWatcher watcher)
    {
        await foreach (var changed in watcher.ReadChangesAsync(Stop)) return changed;
        return [];
    }

    [Fact]
    public async Task Changes_are_told_together_once_the_files_are_quiet()
    {
        var a = _folder.Write("a", Yaml.Of("a"));
        var b = _folder.Write("b", Yaml.Of("b"));
        _watcher.Watch(Load(_folder.Path));
        var next = NextAsync(_watcher);

        _watcher.Notice(a);
        _time.Advance(TimeSpan.FromMilliseconds(400));
        _watcher.Notice(b);
        _time.Advance(TimeSpan.FromMilliseconds(499));
        Assert.False(next.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal([a, b], (await next).Order());
    }

    [Fact]
    public async Task Files_that_never_become_quiet_are_told_of_all_the_same()
    {
        var a = _folder.Write("a", Yaml.Of("a"));
        _watcher.Watch(Load(a));
        var next = NextAsync(_watcher);

        for (var i = 0; i < 20; i++)
        {
            _watcher.Notice(a);
            _time.Advance(TimeSpan.FromMilliseconds(300));
        }

        Assert.Equal([a], await next);
    }

    [Fact]
    public void Other_files_beside_a_named_one_do_not_matter()
    {
        var a = _folder.Write("a", Yaml.Of("a"));
        _watcher.Watch(Load(a));

        _watcher.Notice(_folder["b"]);

        Assert.Equal(0, _time.ActiveTimers);
    }

    [Fact]
    public void A_new_file_in_a_searched_folder_matters_unless_it_would_be_skipped()
    {
        _folder.Write("a", Yaml.Of("a"));
        _watcher.Watch(Load(_folder.Path));

        _watcher.Notice(_folder["new.swp"]);
        Assert.Equal(0, _time.ActiveTimers);
        _watcher.Notice(_folder["new"]);
        Assert.Equal(1, _time.ActiveTimers);
    }

    [Fact]
    public async Task A_link_beside_a_linked_file_means_that_it_changed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows, and wine makes none.");
        _folder.Write("data/config", Yaml.Of("a"));
        var mount = Directory.CreateDirectory(_folder["mount"]).FullName;
        var config = Path.Combine(mount, "config");
        File.CreateSymbolicLink(config, _folder["data/config"]);
        _watcher.Watch(Load(config));
        var next = NextAsync(_watcher);

        _watcher.Notice(Path.Combine(mount, "..data"));
        _time.Advance(KubeconfigWatcher.DefaultDebounce);

        Assert.Equal([config], await next);
    }

    [Fact]
    public async Task The_file_system_itself_is_heard()
    {
        var config = _folder.Write("config", Yaml.Of("a"));
        using var watcher = new KubeconfigWatcher(debounce: TimeSpan.FromMilliseconds(1));
        Assert.Empty(watcher.Watch(Load(config)));
        var next = NextAsync(watcher);

        File.WriteAllText(_folder["config.new"], Yaml.Of("b"));
        File.Move(_folder["config.new"], config, overwrite: true);

        Assert.Equal([config], await next.WaitAsync(TimeSpan.FromSeconds(30), Stop));
    }

    [Fact]
    public async Task After_dispose_the_changes_end_and_no_timer_is_left()
    {
        var config = _folder.Write("config", Yaml.Of("a"));
        _watcher.Watch(Load(config));
        var next = NextAsync(_watcher);
        _watcher.Notice(config);

        _watcher.Dispose();
        _watcher.Notice(config);

        Assert.Empty(await next);
        Assert.Equal(0, _time.ActiveTimers);
        Assert.Throws<ObjectDisposedException>(() => _watcher.Watch(Load(config)));
    }
}
