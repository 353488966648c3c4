using System.Diagnostics;
using System.IO.Compression;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Package;

/// <summary>The module as an installation leaves it: packed, and unpacked without what belongs to the package.</summary>
public sealed class PackedModule : IAsyncLifetime
{
    /// <summary>Names a package to test, in place of one of this build.</summary>
    public const string Variable = "MULTICLUSTER_PACKAGE";

    private static readonly string[] OfThePackage = ["_rels", "package", "[Content_Types].xml", "MultiCluster.nuspec"];

    private static string? Named => Environment.GetEnvironmentVariable(Variable);

    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("multicluster-package-");

    /// <summary>Whether the package is a named one, made for every platform, and not of what this test run's build has laid out.</summary>
    public static bool IsNamed => Named is { Length: > 0 };

    /// <summary>The module's folder.</summary>
    public string Folder => Path.Combine(_scratch.FullName, "MultiCluster");

    public async ValueTask InitializeAsync()
    {
        var package = IsNamed ? Named! : await PackAsync();
        await ZipFile.ExtractToDirectoryAsync(package, Folder, TestContext.Current.CancellationToken);
        foreach (var name in OfThePackage)
        {
            if (Directory.Exists(Path.Combine(Folder, name)))
                Directory.Delete(Path.Combine(Folder, name), recursive: true);
            else
                File.Delete(Path.Combine(Folder, name));
        }
    }

    public ValueTask DisposeAsync()
    {
        _scratch.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>What is packed is the module that this test run's build has laid out, so nothing is built again.</summary>
    private async Task<string> PackAsync()
    {
        var pack = new ProcessStartInfo("dotnet",
        [
            "pack", TestBuild.Of("Package"), "--configuration", TestBuild.Of("Configuration"), "--output", _scratch.FullName, "--nologo",
            "-p:BuildProjectReferences=false", "-nodeReuse:false",
        ]);
        var packed = await Processes.RunAsync(pack, TimeSpan.FromMinutes(2));
        Assert.True(packed.ExitCode == 0, packed.Output);
        return Assert.Single(Directory.GetFiles(_scratch.FullName, "*.nupkg"));
    }
}
