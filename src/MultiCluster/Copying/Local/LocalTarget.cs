using MultiCluster.Faults;

namespace MultiCluster.Copying.Local;

/// <summary>
/// A path of this machine that takes what an archive brings: a file, or a folder with what is in it. Nothing is ever written above it, nor
/// through a link that lies in it. Folders get their permissions and times at the end, so that they can be filled.
/// </summary>
internal sealed class LocalTarget
{
    private readonly string _root;
    private readonly bool _force;
    private readonly bool _windows = OperatingSystem.IsWindows();
    private readonly Dictionary<string, string> _written;
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (UnixFileMode? Mode, DateTimeOffset? Changed)> _made = new(StringComparer.Ordinal);

    /// <param name="path">The path, as it is to be called here. A folder on the way to it that is not there is made.</param>
    /// <param name="force">Whether files that are read-only are overwritten.</param>
    /// <param name="names">Which names are one here; null for this system's rule.</param>
    public LocalTarget(string path, bool force, StringComparer? names = null)
    {
        (_root, _force, _written) = (path, force, new(names ?? FileLabel.Comparer));
        try
        {
            if (Path.GetDirectoryName(path) is { } parent)
            {
                Directory.CreateDirectory(parent);
                // Links on the way to the destination are the user's own; below it there are none.
                _root = Path.Combine(LocalPlace.Real(parent), Path.GetFileName(path));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw LocalFaults.Of($"write {path}", e);
        }
    }

    /// <summary>What has been left out.</summary>
    public SkippedFiles Skipped { get; private set; } = new();

    /// <summary>Files that are here.</summary>
    public int Files { get; private set; }

    /// <summary>Their bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Forgets what has come: it comes again.</summary>
    public void Restart() => (Skipped, Files, Bytes) = (new(), 0, 0);

    /// <summary>Leaves something out.</summary>
    public void Skip(string name, string reason) => Skipped.Add(name, reason);

    /// <summary>Makes a folder.</summary>
    /// <param name="name">The name that is told where it cannot be made.</param>
    /// <param name="parts">Where, below the target.</param>
    /// <param name="mode">Its permissions, where it is new.</param>
    /// <param name="changed">When it was changed, where it is new.</param>
    public void AddFolder(string name, string[] parts, UnixFileMode mode, DateTimeOffset changed)
    {
        Try(name, parts, () =>
        {
            if (FolderProblem(parts.Length, parts) is { } problem)
                return problem;
            var place = PlaceOf(parts, parts.Length);
            if (_made.ContainsKey(place))
                _made[place] = (mode, changed);
            return null;
        });
    }

    /// <summary>Writes a file.</summary>
    /// <inheritdoc cref="LocalFile.WriteAsync"/>
    public async Task AddFileAsync(string name, string[] parts, Stream? content, long? length, bool isLeast, UnixFileMode? mode, DateTimeOffset? changed, CancellationToken cancellationToken)
    {
        if (!Try(name, parts, () => FolderProblem(parts.Length - 1, parts) ?? FileProblem(parts)))
            return;
        try
        {
            Bytes += await LocalFile.WriteAsync(content, length, isLeast, PlaceOf(parts, parts.Length), mode, changed, cancellationToken).ConfigureAwait(false);
            Files++;
            _written[PlaceOf(parts, parts.Length)] = PlaceOf(parts, parts.Length);
        }
        catch (UnauthorizedAccessException e)
        {
            Refuse(name, parts, MessageText.OneLine(e.Message));
        }
    }

    /// <summary>Makes a link, if it leads to something below the target.</summary>
    public void AddLink(string name, string[] parts, string leadsTo)
    {
        if (!EntryPath.StaysInside(leadsTo, parts.Length - 1, _windows))
        {
            Skip(name, $"it is a link that leads out, to {leadsTo}");
            return;
        }

        Try(name, parts, () =>
        {
            if ((FolderProblem(parts.Length - 1, parts) ?? FileProblem(parts)) is { } problem)
                return problem;
            var place = PlaceOf(parts, parts.Length);
            var target = _windows ? leadsTo.Replace('/', '\\') : leadsTo;
            File.Delete(place);
            if (_windows && Directory.Exists(Path.Combine(Path.GetDirectoryName(place)!, target)))
                Directory.CreateSymbolicLink(place, target);
            else
                File.CreateSymbolicLink(place, target);
            return null;
        });
    }

    /// <summary>Gives the folders that were made their permissions and times, the innermost first.</summary>
    public void Finish()
    {
        foreach (var (place, (mode, changed)) in _made.OrderByDescending(static folder => folder.Key.Length))
        {
            try
            {
                LocalFile.Finish(place, mode, changed);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Skip(Path.GetRelativePath(_root, place), $"its permissions or its time could not be set ({MessageText.OneLine(e.Message)})");
            }
        }

        _made.Clear();
    }

    /// <summary>Does something at a place; what is not possible there is told, and fails where it is the target itself.</summary>
    private bool Try(string name, string[] parts, Func<string?> act)
    {
        string? problem;
        try
        {
            problem = act();
        }
        catch (Exception e) when (e is UnauthorizedAccessException or PathTooLongException)
        {
            problem = MessageText.OneLine(e.Message);
        }
        catch (IOException e)
        {
            throw LocalFaults.Of($"write {PlaceOf(parts, parts.Length)}", e);
        }

        if (problem is not null)
            Refuse(name, parts, problem);
        return problem is null;
    }

    private void Refuse(string name, string[] parts, string problem)
    {
        if (parts.Length == 0)
            throw LocalFaults.Invalid($"{_root} cannot be written: {problem}", "Name another destination, or take away what is there.");
        Skip(name, problem);
    }

    /// <summary>Why there is no folder for something; null when there is one now.</summary>
    private string? FolderProblem(int depth, string[] parts)
    {
        for (var count = 0; count <= depth; count++)
        {
            var place = PlaceOf(parts, count);
            if (_folders.Contains(place))
                continue;
            switch (LocalPlace.Of(place))
            {
                case LocalPlaceKind.Link:
                    return $"the link {Shown(place)} lies on its way";
                case LocalPlaceKind.File:
                    return $"{Shown(place)} is a file here";
                case LocalPlaceKind.Nothing:
                    Directory.CreateDirectory(place);
                    _made[place] = (null, null);
                    break;
            }

            _folders.Add(place);
        }

        return null;
    }

    private string? FileProblem(string[] parts)
    {
        var place = PlaceOf(parts, parts.Length);
        if (_written.TryGetValue(place, out var other) && other != place)
            return $"here it would be one with {Shown(other)}, since capitals do not tell files apart";
        switch (LocalPlace.Of(place))
        {
            case LocalPlaceKind.Folder:
                return $"{Shown(place)} is a folder here";
            case LocalPlaceKind.File when new FileInfo(place).IsReadOnly:
                if (!_force)
                    return "it is read-only here; -Force overwrites it";
                if (_windows)
                    File.SetAttributes(place, FileAttributes.Normal);
                break;
        }

        return null;
    }

    private string PlaceOf(string[] parts, int count) => count == 0 ? _root : Path.Combine([_root, .. parts.AsSpan(0, count)]);

    private string Shown(string place) => place == _root ? place : Path.GetRelativePath(_root, place);
}
