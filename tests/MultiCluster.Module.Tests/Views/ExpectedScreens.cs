using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Views;

/// <summary>Files that hold what a terminal is to show.</summary>
internal static class ExpectedScreens
{
    private const string Write = "MULTICLUSTER_WRITE_VIEWS";

    /// <summary>Where they are.</summary>
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(TestBuild.Of("ModuleTests"), "..", "MultiCluster.Module.Tests", "Views", "Expected"));

    /// <summary>Compares what is shown with a file's text, or writes it there when it is asked to.</summary>
    public static void Check(string name, string shown)
    {
        var file = Path.Combine(Folder, name);
        if (Environment.GetEnvironmentVariable(Write) is { Length: > 0 })
            File.WriteAllText(file, shown);

        var expected = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "nothing: there is no such file";
        Assert.True(expected == shown, $"{file} does not say what is shown. If that is meant, run this test with {Write}=yes, and read the difference before it is committed. Shown is:\n\n{shown}");
    }
}
