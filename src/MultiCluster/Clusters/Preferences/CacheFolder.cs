namespace MultiCluster.Clusters;

/// <summary>Where the module keeps what it can find out again.</summary>
internal static class CacheFolder
{
    /// <summary>
    /// The user's cache folder of the module: under <c>XDG_CACHE_HOME</c> where that is set; else in the local application data on Windows, in
    /// <c>~/Library/Caches</c> on macOS, in <c>~/.cache</c> on Linux.
    /// </summary>
    /// <param name="readVariable">Reads an environment variable.</param>
    /// <param name="homeFolder">The user's home folder.</param>
    public static string Of(Func<string, string?> readVariable, string homeFolder) => For(
        readVariable,
        OperatingSystem.IsWindows() ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "MultiCluster", "Cache")
        : OperatingSystem.IsMacOS() ? Path.Combine(homeFolder, "Library", "Caches", "multicluster")
        : null,
        homeFolder);

    /// <summary>The folder by the rules of the platform.</summary>
    /// <param name="readVariable">Reads an environment variable.</param>
    /// <param name="platformFolder">The module's folder among the platform's own for such things, or null where XDG's rules hold.</param>
    /// <param name="homeFolder">The user's home folder.</param>
    internal static string For(Func<string, string?> readVariable, string? platformFolder, string homeFolder) =>
        // XDG: a relative path is invalid and to be ignored.
        readVariable("XDG_CACHE_HOME") is { } xdg && Path.IsPathFullyQualified(xdg) ? Path.Combine(xdg, "multicluster")
        : platformFolder ?? Path.Combine(homeFolder, ".cache", "multicluster");
}
