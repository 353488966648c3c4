using MultiCluster.Faults;
using MultiCluster.Platform;

namespace MultiCluster.Kubeconfig;

/// <summary>Files that are merged into one kubeconfig, in order.</summary>
/// <param name="Files">Full paths.</param>
/// <param name="Kind">Where the files come from.</param>
internal sealed record KubeconfigGroup(IReadOnlyList<string> Files, SourceKind Kind);

internal enum SourceKind
{
    /// <summary>Named by the user: whatever is wrong with the file is said.</summary>
    Explicit,

    /// <summary>What kubectl would read.</summary>
    Primary,

    /// <summary>Added by the user to the usual places, file by file: whatever is wrong with it is said.</summary>
    Added,

    /// <summary>Found in a folder: what is no kubeconfig is passed over.</summary>
    Found,
}

/// <summary>The files that a <see cref="KubeconfigSearch"/> leads to.</summary>
internal sealed class KubeconfigSources
{
    private readonly KubeconfigSearch _search;
    private readonly HashSet<string> _seen = new(FileLabel.Comparer);

    /// <summary>What <see cref="_seen"/> leads to, behind all links.</summary>
    private readonly HashSet<string> _targets = new(FileLabel.Comparer);
    private readonly List<KubeconfigGroup> _groups = [];
    private readonly List<string> _places = [];
    private readonly List<string> _folders = [];
    private readonly List<string> _empty = [];
    private readonly List<string> _unreadable = [];
    private readonly List<KubeconfigProblem> _problems = [];
    private readonly List<KubeconfigProblem> _passedOver = [];

    private KubeconfigSources(KubeconfigSearch search) => _search = search;

    public IReadOnlyList<KubeconfigGroup> Groups => _groups;

    /// <summary>Every file and folder that was looked for, whether it is there or not.</summary>
    public IReadOnlyList<string> Places => _places;

    /// <summary>The folders that were searched.</summary>
    public IReadOnlyList<string> Folders => _folders;

    /// <summary>Files of length 0 in those folders.</summary>
    public IReadOnlyList<string> EmptyFiles => _empty;

    /// <summary>Folders that are there but could not be listed.</summary>
    public IReadOnlyList<string> UnreadableFolders => _unreadable;

    public IReadOnlyList<KubeconfigProblem> Problems => _problems;

    /// <summary>What was found in folders and is not read.</summary>
    public IReadOnlyList<KubeconfigProblem> PassedOver => _passedOver;

    public static KubeconfigSources Of(KubeconfigSearch search)
    {
        var sources = new KubeconfigSources(search);
        if (search.ExplicitPaths.Count > 0)
        {
            foreach (var path in search.ExplicitPaths) sources.AddFileOrFolder(path, SourceKind.Explicit);
            return sources;
        }

        sources.AddPrimary();
        if (!search.IncludeFolders) return sources;
        var kube = Path.Combine(search.HomeFolder, ".kube");
        if (Directory.Exists(kube)) sources.AddFolder(kube);
        foreach (var path in search.ExtraPaths) sources.AddFileOrFolder(path, SourceKind.Added);
        return sources;
    }

    private void AddPrimary()
    {
        var list = PathRules.Split(_search.ReadVariable("KUBECONFIG"), _search.ListSeparator);
        string[] candidates = list.Count > 0 ? [.. list.Select(FullPath).OfType<string>()] : [Path.Combine(_search.HomeFolder, ".kube", "config")];
        var files = new List<string>();
        foreach (var path in candidates)
        {
            _places.Add(path);
            if (Directory.Exists(path))
                _problems.Add(Lost(path, $"This is a folder; KUBECONFIG lists files: name those in it, separated by '{_search.ListSeparator}', or name the folder with -Kubeconfig."));
            else if (File.Exists(path) && See(path))
                files.Add(path);
        }

        if (files.Count > 0) _groups.Add(new KubeconfigGroup(files, SourceKind.Primary));
    }

    private void AddFileOrFolder(string path, SourceKind kind)
    {
        if (FullPath(path) is not { } full)
        {
            _problems.Add(Lost(path, "This is no path."));
            return;
        }

        if (Directory.Exists(full))
        {
            AddFolder(full);
            return;
        }

        _places.Add(full);
        if (!File.Exists(full))
            _problems.Add(Lost(full, "There is no such file or folder."));
        else if (See(full))
            _groups.Add(new KubeconfigGroup([full], kind));
        else if (_groups.FindIndex(group => group.Kind == SourceKind.Found && FileLabel.Comparer.Equals(group.Files[0], full)) is >= 0 and var found)
            _groups[found] = new KubeconfigGroup([full], kind); // who names a file that was found, too, wants to know what is wrong with it
    }

    private void AddFolder(string folder)
    {
        _places.Add(folder);
        _folders.Add(folder);
        try
        {
            foreach (var file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)) AddFound(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _unreadable.Add(folder);
            _problems.Add(Lost(folder, "This folder cannot be read."));
        }
    }

    private void AddFound(string file)
    {
        if (FolderRules.Skips(Path.GetFileName(file)) || _seen.Contains(file)) return;
        var info = new FileInfo(file);
        if (info.LinkTarget is not null)
        {
            if (LinkedFile.TargetOf(file) is not { Exists: true } target)
            {
                _passedOver.Add(Lost(file, "This link leads nowhere."));
                return;
            }

            info = target;
        }

        if (_targets.Contains(info.FullName))
        {
            _passedOver.Add(Lost(file, $"This is the file {info.FullName}, which is read already."));
            return;
        }

        // Pipes, sockets and devices have no length either, and opening one could wait for ever.
        if (!info.Exists || info.Length == 0)
        {
            _empty.Add(file);
            return;
        }

        See(file);
        _groups.Add(new KubeconfigGroup([file], SourceKind.Found));
    }

    private bool See(string file)
    {
        if (!_seen.Add(file)) return false;
        _targets.Add(LinkedFile.TargetOf(file)?.FullName ?? file);
        return true;
    }

    /// <summary>The full path, or null when no file can be named so.</summary>
    private string? FullPath(string path)
    {
        if (!ContextRules.IsPath(path)) return null;
        if (path == "~") return _search.HomeFolder;
        if (path.StartsWith("~/", StringComparison.Ordinal) || path.StartsWith("~" + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            path = Path.Combine(_search.HomeFolder, path[2..]);
        return Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, _search.CurrentFolder));
    }

    private static KubeconfigProblem Lost(string path, string message) => new(path, 0, 0, message) { IsFileLost = true };
}
