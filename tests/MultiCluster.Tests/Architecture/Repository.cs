namespace MultiCluster.Tests.Architecture;

/// <summary>The repository that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>Its folder.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MultiCluster.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run from the solution's folders.");
        return folder.FullName;
    }
}
