using System.Formats.Tar;
using MultiCluster.Faults;

namespace MultiCluster.Copying.Local;

/// <summary>A file, folder or link of this machine that is to be copied.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Root">The number of the path that was asked for in which it lies.</param>
/// <param name="Rest">Its name below that, with slashes; empty for that itself.</param>
/// <param name="Type">What it is.</param>
/// <param name="Length">The bytes of a file.</param>
/// <param name="Mode">Its permissions.</param>
/// <param name="Changed">When it was changed.</param>
/// <param name="LeadsTo">Where a link leads.</param>
internal sealed record LocalItem(string Path, int Root, string Rest, TarEntryType Type, long Length, UnixFileMode Mode, DateTime Changed, string? LeadsTo = null);

/// <summary>Files and folders of this machine with all that is in them, as they were when they were read. Links are not followed, but those that were asked for.</summary>
internal sealed class LocalTree
{
    private const UnixFileMode Permissions = (UnixFileMode)0b111_111_111;
    private const UnixFileMode OfFolders = (UnixFileMode)0b111_101_101;
    private const UnixFileMode OfFiles = (UnixFileMode)0b110_100_100;

    private readonly List<LocalItem> _items = [];
    private readonly bool _windows = OperatingSystem.IsWindows();

    private LocalTree(IReadOnlyList<string> roots) => Roots = roots;

    /// <summary>The paths that were asked for.</summary>
    public IReadOnlyList<string> Roots { get; }

    /// <summary>Their names, as they are called where they go.</summary>
    public IReadOnlyList<string> Names => [.. Roots.Select(static root => Path.GetFileName(Path.TrimEndingDirectorySeparator(root)))];

    /// <summary>All of it, a folder before what is in it.</summary>
    public IReadOnlyList<LocalItem> Items => _items;

    /// <summary>What has been left out.</summary>
    public SkippedFiles Skipped { get; } = new();

    /// <summary>How many files there are.</summary>
    public int Files { get; private set; }

    /// <summary>Their bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>The one file that was asked for, where it is no more than that.</summary>
    public LocalItem? Single => _items is [{ Type: TarEntryType.RegularFile, Rest: "" } one] ? one : null;

    /// <summary>Reads which files there are.</summary>
    /// <exception cref="FaultException">A path that was asked for is not there, or cannot be read, or has no name of its own (Invalid).</exception>
    public static LocalTree Read(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var tree = new LocalTree(paths);
        if (tree.Names.Contains(""))
            throw LocalFaults.Invalid("a whole drive has no name in a container", "Name a folder.");
        LocalPlaces.CheckDistinct(tree.Names);
        for (var root = 0; root < paths.Count; root++)
            tree.Add(paths[root], root, cancellationToken);
        return tree;
    }

    private void Add(string path, int root, CancellationToken cancellationToken)
    {
        FileSystemInfo info = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        if (!info.Exists)
            throw LocalFaults.Invalid($"{path} is not there", "Check the path.");
        var before = (Items: _items.Count, Skipped: Skipped.Count);
        var waiting = new Stack<(FileSystemInfo Info, string Below)>([(new FileInfo(path).LinkTarget is null ? info : info.ResolveLinkTarget(returnFinalTarget: true)!, "")]);
        while (waiting.TryPop(out var next))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                Add(next.Info, root, next.Below, waiting);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Skipped.Add(next.Info.FullName, $"it cannot be read ({MessageText.OneLine(e.Message)})");
            }
        }

        if (_items.Count == before.Items && Skipped.Count > before.Skipped)
            throw LocalFaults.Invalid($"{path} cannot be copied: {Skipped.All[^1].Reason}", "Check what it is, and its permissions.");
    }

    private void Add(FileSystemInfo info, int root, string rest, Stack<(FileSystemInfo Info, string Below)> waiting)
    {
        var changed = info.LastWriteTimeUtc;
        if (info.LinkTarget is { } leadsTo)
        {
            var target = _windows ? leadsTo.Replace('\\', '/') : leadsTo;
            if (EntryPath.StaysInside(target, rest.Count(static letter => letter == '/'), _windows))
                _items.Add(new LocalItem(info.FullName, root, rest, TarEntryType.SymbolicLink, 0, (UnixFileMode)0b111_111_111, changed, target));
            else
                Skipped.Add(info.FullName, $"it is a link that leads out, to {leadsTo}");
            return;
        }

        var mode = _windows ? info is DirectoryInfo ? OfFolders : OfFiles : info.UnixFileMode & Permissions;
        if (info is not DirectoryInfo folder)
        {
            AddFile((FileInfo)info, new LocalItem(info.FullName, root, rest, TarEntryType.RegularFile, ((FileInfo)info).Length, mode, changed));
            return;
        }

        var inside = folder.EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false, ReturnSpecialDirectories = false }).ToArray();
        _items.Add(new LocalItem(info.FullName, root, rest, TarEntryType.Directory, 0, mode, changed));
        foreach (var one in inside.OrderByDescending(static one => one.Name, StringComparer.Ordinal))
            waiting.Push((one, rest.Length == 0 ? one.Name : $"{rest}/{one.Name}"));
    }

    private void AddFile(FileInfo info, LocalItem item)
    {
        if (item.Length == 0 && !_windows && TypeOf(info.FullName) is not TarEntryType.RegularFile and var type)
        {
            Skipped.Add(info.FullName, type is TarEntryType.Fifo ? "it is a named pipe" : "it is a device or a socket");
            return;
        }

        using (File.OpenHandle(info.FullName))
        {
            // Whoever cannot read it is told now, and not in the middle of an archive.
        }

        _items.Add(item);
        Files++;
        Bytes += item.Length;
    }

    /// <summary>
    /// What an empty file is. To open a named pipe is to wait for somebody to write it; of all that .NET has, the writer of archives alone looks
    /// at what a file is first.
    /// </summary>
    private static TarEntryType? TypeOf(string path)
    {
        const int typeFlag = 156;
        using var archive = new MemoryStream();
        try
        {
            using var writer = new TarWriter(archive, TarEntryFormat.Gnu, leaveOpen: true);
            writer.WriteEntry(path, "x");
        }
        catch (IOException)
        {
            return null; // a socket
        }

        return (TarEntryType)archive.GetBuffer()[typeFlag] is TarEntryType.V7RegularFile ? TarEntryType.RegularFile : (TarEntryType)archive.GetBuffer()[typeFlag];
    }
}
