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

    /// <summary>Found in a folder: what is no kubeconfig is passed over.</summary>
    Found,
}

/// <summary>The files that a <see cref="KubeconfigSearch"/> leads to.</summary>
internal sealed class KubeconfigSources
{
    private readonly KubeconfigSearch _search;
    private readonly HashSet<string> _seen = new(PathComparer);
    private readonly List<KubeconfigGroup> _groups = [];
    private readonly List<string> _places = [];
    private readonly List<string> _folders = [];
    private readonly List<string> _empty = [];
    private readonly List<string> _unreadable = [];
    private readonly List<KubeconfigProblem> _problems = [];

    private KubeconfigSources(KubeconfigSearch search) => _search = search;

    /// <summary>How paths compare on this operating system.</summary>
    public static StringComparer PathComparer => OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

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
        foreach (var path in search.ExtraPaths) sources.AddFileOrFolder(path, SourceKind.Found);
        return sources;
    }

    private void AddPrimary()
    {
        var list = (_search.ReadVariable("KUBECONFIG") ?? "")
            .Split(_search.ListSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] candidates = list.Length > 0 ? [.. list.Select(FullPath)] : [Path.Combine(_search.HomeFolder, ".kube", "config")];
        var files = new List<string>();
        foreach (var path in candidates)
        {
            _places.Add(path);
            if (Directory.Exists(path))
                _problems.Add(Lost(path, $"This is a folder; KUBECONFIG lists files: name those in it, separated by '{_search.ListSeparator}', or name the folder with -Kubeconfig."));
            else if (File.Exists(path) && _seen.Add(path))
                files.Add(path);
        }

        if (files.Count > 0) _groups.Add(new KubeconfigGroup(files, SourceKind.Primary));
    }

    private void AddFileOrFolder(string path, SourceKind kind)
    {
        var full = FullPath(path);
        if (Directory.Exists(full))
        {
            AddFolder(full);
            return;
        }

        _places.Add(full);
        if (!File.Exists(full))
            _problems.Add(Lost(full, "There is no such file or folder."));
        else if (_seen.Add(full))
            _groups.Add(new KubeconfigGroup([full], kind == SourceKind.Found ? SourceKind.Found : SourceKind.Explicit));
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
        var info = LinkedFile.TargetOf(file) ?? new FileInfo(file);
        if (!info.Exists) return;

        // Pipes, sockets and devices have no length either, and opening one could wait for ever.
        if (info.Length == 0)
        {
            _empty.Add(file);
            return;
        }

        _seen.Add(file);
        _groups.Add(new KubeconfigGroup([file], SourceKind.Found));
    }

    private string FullPath(string path)
    {
        if (path == "~") return _search.HomeFolder;
        if (path.StartsWith("~/", StringComparison.Ordinal) || path.StartsWith("~" + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            path = Path.Combine(_search.HomeFolder, path[2..]);
        return Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, _search.CurrentFolder));
    }

    private static KubeconfigProblem Lost(string path, string message) => new(path, 0, 0, message) { IsFileLost = true };
}
