using System.Reflection;
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

    /// <summary>Looks in <paramref name="dependencies"/>, and before that in its folder of precompiled assemblies for <paramref name="platform"/>.</summary>
    internal EngineLoadContext(string dependencies, RuntimePlatform platform)
        : base(EngineName) =>
        _folders = platform.ImageFolder is { } images ? [Path.Combine(dependencies, images), dependencies] : [dependencies];

    /// <summary>What the module ships is loaded from there, at whatever version; everything else is the session's (null: ask the default context).</summary>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        string.IsNullOrEmpty(assemblyName.CultureName) && Find(assemblyName.Name!) is { } path ? LoadFromAssemblyPath(path) : null;

    /// <summary>The file of an assembly, the platform's image before the IL; null when the module does not ship it.</summary>
    internal string? Find(string assembly) => _folders.Select(folder => Path.Combine(folder, $"{assembly}.dll")).FirstOrDefault(File.Exists);
}
