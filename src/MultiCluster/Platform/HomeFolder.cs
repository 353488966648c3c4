namespace MultiCluster.Platform;

/// <summary>The user's home folder, where kubectl looks for <c>.kube</c> (client-go, util/homedir).</summary>
internal static class HomeFolder
{
    /// <summary>The home folder of this machine's user.</summary>
    public static string Default() =>
        Of(OperatingSystem.IsWindows(), Environment.GetEnvironmentVariable, static path => File.Exists(path), AttributesOf) is { Length: > 0 } home
            ? home
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    /// <summary>
    /// The same by the rules of one system; empty where nothing is said. On Windows the first of <c>HOME</c>, <c>HOMEDRIVE</c> with <c>HOMEPATH</c> and
    /// <c>USERPROFILE</c> that has a kubeconfig; else, with <c>USERPROFILE</c> before <c>HOMEDRIVE</c>, the first that is there and not read-only,
    /// that is there, that is named at all. Elsewhere <c>HOME</c>.
    /// </summary>
    /// <param name="windows">Whether Windows' rules hold.</param>
    /// <param name="read">Reads a variable of the environment.</param>
    /// <param name="isFile">Whether a file is there.</param>
    /// <param name="attributesOf">The attributes of a folder; null when it is not there.</param>
    internal static string Of(bool windows, Func<string, string?> read, Func<string, bool> isFile, Func<string, FileAttributes?> attributesOf)
    {
        var home = read("HOME") ?? "";
        if (!windows)
            return home;
        var (drive, path, profile) = (read("HOMEDRIVE") ?? "", read("HOMEPATH") ?? "", read("USERPROFILE") ?? "");
        var onDrive = drive.Length > 0 && path.Length > 0 ? drive + path : "";
        if (Named(home, onDrive, profile).FirstOrDefault(folder => isFile($@"{folder.TrimEnd('\\', '/')}\.kube\config")) is { } used)
            return used;
        string[] folders = [.. Named(home, profile, onDrive)];
        return Array.Find(folders, folder => attributesOf(folder) is { } attributes && attributes.HasFlag(FileAttributes.Directory) && !attributes.HasFlag(FileAttributes.ReadOnly))
            ?? Array.Find(folders, folder => attributesOf(folder) is not null)
            ?? folders.FirstOrDefault("");
    }

    private static IEnumerable<string> Named(params IEnumerable<string> folders) => folders.Where(static folder => folder.Length > 0);

    private static FileAttributes? AttributesOf(string path)
    {
        try
        {
            return File.GetAttributes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
