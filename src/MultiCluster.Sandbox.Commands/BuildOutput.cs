using System.Reflection;

namespace MultiCluster.Sandbox.Commands;

/// <summary>What the build has put beside the sandbox for it to run.</summary>
internal static class BuildOutput
{
    private const string Build = "dotnet build src/MultiCluster.Sandbox.Commands";

    /// <summary>The pinned PowerShell's <c>pwsh.dll</c>, in the folder of NuGet's packages.</summary>
    public static string PowerShell() => Metadata("PowerShell") is var path && File.Exists(path)
        ? path
        : throw new SetupException(
            $"The PowerShell that came with the build is gone: there is no {path}.\n"
            + $"Run '{Build}', which restores it, or name another with {PowerShellProgram.Variable}.");

    /// <summary>The manifest of the module.</summary>
    /// <param name="folder">Where the module was laid out; null for where this build did.</param>
    public static string Module(string? folder = null)
    {
        var manifest = Path.Combine(Path.GetFullPath(folder ?? Metadata("ModuleLayout")), "MultiCluster.psd1");
        return File.Exists(manifest) ? manifest : throw new SetupException($"The module is not there: there is no {manifest}.\nRun '{Build}', which lays it out.");
    }

    /// <summary>A script that lies beside the program.</summary>
    public static string Script(string name) => Path.Combine(AppContext.BaseDirectory, name);

    private static string Metadata(string key) =>
        typeof(BuildOutput).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(item => item.Key == key).Value!;
}
