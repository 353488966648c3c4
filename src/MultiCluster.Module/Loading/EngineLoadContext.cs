using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace MultiCluster.Module.Loading;

/// <summary>
/// Holds the engine and every third-party assembly, apart from whatever the session loads: another YamlDotNet never meets ours.
/// It lives as long as the process. It cannot be unloaded: objects that users keep would hold it, and PowerShell keeps the cmdlet types anyway.
/// </summary>
internal sealed class EngineLoadContext : AssemblyLoadContext
{
    internal const string EngineName = "MultiCluster";

    private readonly string[] _folders;

    /// <summary>Looks in <paramref name="dependencies"/>, and before that in its folder of precompiled assemblies for this platform.</summary>
    internal EngineLoadContext(string dependencies)
        : base(EngineName) => _folders = [Path.Combine(dependencies, Platform), dependencies];

    /// <summary>The portable runtime id, whatever distribution the runtime was built for: <c>linux-x64</c>, <c>win-arm64</c>.</summary>
    private static string Platform
    {
        get
        {
            var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
            return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        }
    }

    /// <summary>What the module ships is loaded from there, at whatever version; everything else is the session's (null: ask the default context).</summary>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (!string.IsNullOrEmpty(assemblyName.CultureName))
            return null;
        foreach (var folder in _folders)
        {
            var path = Path.Combine(folder, $"{assemblyName.Name}.dll");
            if (File.Exists(path))
                return LoadFromAssemblyPath(path);
        }

        return null;
    }
}
