namespace MultiCluster.Sandbox.Containers;

/// <summary>
/// The files of one container: a folder of this machine that is removed with it. Every path is looked up in it, name by name, so that neither
/// <c>..</c> nor a link leads out; links are kept beside the files (no link is ever made on the machine), and one that somebody else put there is
/// read as one of the container's.
/// </summary>
public sealed class ContainerFiles : IDisposable
{
    private const int MostLinks = 40;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _links = [];

    internal ContainerFiles() => Root = Directory.CreateTempSubdirectory("sandbox-container-").FullName;

    /// <summary>The folder of this machine that is the container's <c>/</c>.</summary>
    public string Root { get; }

    /// <summary>Where a path of the container lies on this machine; always in <see cref="Root"/>.</summary>
    /// <param name="path">A path from the container's root.</param>
    /// <param name="followLast">False to get the link itself, where the path is one.</param>
    /// <exception cref="IOException">Links lead in circles, or through something that is no folder.</exception>
    public string Locate(string path, bool followLast = true)
    {
        // A path that is written as a folder's leads to what a link leads to.
        followLast |= path.EndsWith('/') || path.EndsWith("/.", StringComparison.Ordinal);
        var links = 0;
        var found = new List<string>();
        var rest = new Stack<string>(Names(path).Reverse());
        while (rest.TryPop(out var name))
        {
            if (name == "..")
            {
                if (found.Count > 0) found.RemoveAt(found.Count - 1);
                continue;
            }
            if (name.Contains('\0', StringComparison.Ordinal) || (Path.DirectorySeparatorChar != '/' && name.AsSpan().IndexOfAny('\\', ':') >= 0))
                throw new IOException("Invalid argument");
            found.Add(name);
            if ((rest.Count == 0 && !followLast) || LinkAt(OnMachine(found)) is not { } target) continue;
            if (++links > MostLinks) throw new IOException("Too many levels of symbolic links");
            if (target.StartsWith('/')) found.Clear();
            else found.RemoveAt(found.Count - 1);
            foreach (var next in Names(target).Reverse()) rest.Push(next);
        }
        return OnMachine(found);
    }

    /// <summary>Where a link leads to, as it was written; null when there is none.</summary>
    public string? ReadLink(string path) => LinkAt(Locate(path, followLast: false));

    /// <summary>Makes a link. It may lead to anything; it is followed within the container alone.</summary>
    public void Link(string path, string target)
    {
        var place = Locate(path, followLast: false);
        using (new FileStream(place, FileMode.CreateNew))
        {
            // The file holds its name; what it leads to is known here alone.
        }
        lock (_lock) _links[place] = target;
    }

    public bool IsFolder(string path) => Directory.Exists(Locate(path));

    /// <summary>True for a file or a device.</summary>
    public bool IsFile(string path) => Devices.Has(path) || (File.Exists(Locate(path)) && LinkAt(Locate(path)) is null);

    public bool Exists(string path) => IsFolder(path) || IsFile(path);

    public void MakeFolder(string path) => Directory.CreateDirectory(Locate(path));

    public Stream OpenRead(string path)
    {
        if (Devices.Open(path) is { } device) return device;
        return Open(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.Asynchronous });
    }

    /// <summary>Opens a file to write: anew, or at its end.</summary>
    public Stream OpenWrite(string path, bool append = false)
    {
        if (Devices.Open(path) is { } device) return device;
        return Open(path, new FileStreamOptions
        {
            Mode = append ? FileMode.Append : FileMode.Create,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            Options = FileOptions.Asynchronous,
        });
    }

    /// <summary>The names in a folder, in order.</summary>
    /// <exception cref="IOException">It is no folder.</exception>
    public IReadOnlyList<string> NamesIn(string path)
    {
        var place = Locate(path);
        if (!Directory.Exists(place)) throw new IOException(File.Exists(place) ? "Not a directory" : "No such file or directory");
        return [.. Directory.EnumerateFileSystemEntries(place).Select(entry => Path.GetFileName(entry)!).Order(StringComparer.Ordinal)];
    }

    /// <summary>Removes a file, a link (never what it leads to), or a folder with what is in it.</summary>
    public void Remove(string path)
    {
        var place = Locate(path, followLast: false);
        if (place == Root)
        {
            foreach (var name in NamesIn("/")) Remove($"/{name}");
            return;
        }
        if (LinkAt(place) is null && Directory.Exists(place)) Directory.Delete(place, recursive: true);
        else File.Delete(place);
        Forget(place);
    }

    public void Move(string path, string to)
    {
        var (from, place) = (Locate(path, followLast: false), Locate(to, followLast: false));
        if (LinkAt(from) is null && Directory.Exists(from)) Directory.Move(from, place);
        else File.Move(from, place, overwrite: true);
        lock (_lock)
        {
            foreach (var (link, target) in _links.Where(link => IsAtOrIn(link.Key, from)).ToList())
            {
                _links.Remove(link);
                _links[place + link[from.Length..]] = target;
            }
        }
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Root, recursive: true);
        }
        catch (IOException)
        {
            // Somebody still has a file of it open, or it is gone.
        }
    }

    private FileStream Open(string path, FileStreamOptions options)
    {
        var place = Locate(path);
        if (Directory.Exists(place)) throw new IOException("Is a directory");
        if (options.Mode != FileMode.Open && !Directory.Exists(Path.GetDirectoryName(place))) throw new IOException("No such file or directory");
        if (options.Mode == FileMode.Open && !File.Exists(place)) throw new IOException("No such file or directory");
        return new FileStream(place, options);
    }

    private void Forget(string place)
    {
        lock (_lock)
        {
            foreach (var link in _links.Keys.Where(link => IsAtOrIn(link, place)).ToList()) _links.Remove(link);
        }
    }

    private string? LinkAt(string place)
    {
        lock (_lock)
        {
            if (_links.TryGetValue(place, out var target)) return target;
        }
        return new FileInfo(place).LinkTarget;
    }

    private string OnMachine(List<string> names) => names.Count == 0 ? Root : Path.Combine([Root, .. names]);

    private static bool IsAtOrIn(string place, string folder) =>
        place.StartsWith(folder, StringComparison.Ordinal) && (place.Length == folder.Length || place[folder.Length] == Path.DirectorySeparatorChar);

    private static IEnumerable<string> Names(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(name => name != ".");
}
