using MultiCluster.Faults;

namespace MultiCluster.Kubeconfig;

/// <summary>Which events of which folders mean that a kubeconfig changed.</summary>
internal sealed class WatchedPaths
{
    private readonly HashSet<string> _files = new(FileLabel.Comparer);
    private readonly HashSet<string> _searched = new(FileLabel.Comparer);
    private readonly HashSet<string> _folders = new(FileLabel.Comparer);

    /// <summary>Files that are reached through a link, by a folder whose every event may concern them.</summary>
    private readonly Dictionary<string, List<string>> _linked = new(FileLabel.Comparer);

    public static WatchedPaths None { get; } = new();

    /// <summary>The folders to watch; all of them exist.</summary>
    public IReadOnlySet<string> Folders => _folders;

    public static WatchedPaths Of(KubeconfigSnapshot snapshot)
    {
        var watched = new WatchedPaths();
        foreach (var folder in snapshot.Folders)
        {
            watched._searched.Add(folder);
            watched.AddFolder(folder);
        }

        foreach (var file in snapshot.Files.Concat(snapshot.Places).Distinct(FileLabel.Comparer)) watched.AddFile(file);
        return watched;
    }

    /// <summary>The kubeconfigs that an event at <paramref name="path"/> concerns.</summary>
    public IReadOnlyCollection<string> ChangedBy(string path)
    {
        var folder = Path.GetDirectoryName(path) ?? "";
        var changed = new List<string>(_linked.GetValueOrDefault(folder) ?? []);
        if (_files.Contains(path) || (_searched.Contains(folder) && !FolderRules.Skips(Path.GetFileName(path)))) changed.Add(path);
        return changed;
    }

    /// <summary>The kubeconfigs that events of <paramref name="folder"/> concern.</summary>
    public IReadOnlyCollection<string> In(string folder) =>
        [.. _files.Where(file => FileLabel.Comparer.Equals(Path.GetDirectoryName(file), folder)), .. _linked.GetValueOrDefault(folder) ?? []];

    private void AddFile(string file)
    {
        if (Path.GetDirectoryName(file) is not { } folder || _searched.Contains(file)) return;
        _files.Add(file);
        AddFolder(folder);
        if (LinkedFile.TargetOf(file) is not { } target) return;

        // A mounted Secret changes by a link beside the file, a dotfiles folder by the file behind it.
        foreach (var place in new[] { folder, Path.GetDirectoryName(target.FullName)! }.Distinct(FileLabel.Comparer))
        {
            AddFolder(place);
            if (!_linked.TryGetValue(place, out var files)) _linked.Add(place, files = []);
            files.Add(file);
        }
    }

    private void AddFolder(string folder)
    {
        if (Directory.Exists(folder)) _folders.Add(folder);
    }
}
