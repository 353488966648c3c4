namespace MultiCluster.Benchmarks.Measuring;

/// <summary>Where things lie in the checkout that this program was built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>The module that a Release build lays out.</summary>
    public static string Module { get; } = Path.Combine(Root, "out", "MultiCluster");

    public static string Page { get; } = Path.Combine(Root, "docs", "benchmarks.md");

    public static string ControlPlaneScripts { get; } = Path.Combine(Root, "tests", "control-plane");

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MultiCluster.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("This program runs from its checkout only: MultiCluster.sln is in no folder above it.");
    }
}
