namespace MultiCluster.Copying.Local;

/// <summary>What is at a path.</summary>
internal enum LocalPlaceKind
{
    Nothing,
    File,
    Folder,
    Link,
}

/// <summary>What is at paths of this machine, links themselves and not what they lead to.</summary>
internal static class LocalPlace
{
    /// <summary>What is there.</summary>
    public static LocalPlaceKind Of(string path)
    {
        FileAttributes attributes;
        try
        {
            attributes = File.GetAttributes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return LocalPlaceKind.Nothing;
        }

        // What a cloud's client keeps elsewhere is a reparse point as well, and no link.
        if (attributes.HasFlag(FileAttributes.ReparsePoint) && new FileInfo(path).LinkTarget is not null)
            return LocalPlaceKind.Link;
        return attributes.HasFlag(FileAttributes.Directory) ? LocalPlaceKind.Folder : LocalPlaceKind.File;
    }

    /// <summary>The path without links in it, as far as it is there.</summary>
    public static string Real(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is not { } parent)
            return full;
        var place = Path.Combine(Real(parent), Path.GetFileName(full));
        return Of(place) == LocalPlaceKind.Link && new FileInfo(place).ResolveLinkTarget(returnFinalTarget: true) is { } target ? target.FullName : place;
    }
}
