namespace MultiCluster.Clusters;

/// <summary>Where the module keeps what it writes.</summary>
internal static class PreferencesFolder
{
    /// <summary>
    /// The user's configuration folder of the module: under <c>XDG_CONFIG_HOME</c> or <c>~/.config</c> on Linux, the roaming application data
    /// on Windows, and <c>~/Library/Application Support</c> on macOS.
    /// </summary>
    public static string Default() => For(
        Environment.GetEnvironmentVariable,
        OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData)
        : OperatingSystem.IsMacOS() ? Path.Combine(Home(), "Library", "Application Support")
        : null,
        Home());

    /// <summary>The folder by the rules of the platform.</summary>
    /// <param name="readVariable">Reads an environment variable.</param>
    /// <param name="applicationData">The platform's own folder for such things, or null where XDG's rules hold.</param>
    /// <param name="homeFolder">The user's home folder.</param>
    internal static string For(Func<string, string?> readVariable, string? applicationData, string homeFolder)
    {
        if (applicationData is not null) return Path.Combine(applicationData, "multicluster");
        // XDG: a relative path is invalid and to be ignored.
        var xdg = readVariable("XDG_CONFIG_HOME");
        return Path.Combine(Path.IsPathFullyQualified(xdg ?? "") ? xdg! : Path.Combine(homeFolder, ".config"), "multicluster");
    }

    private static string Home() => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
}
