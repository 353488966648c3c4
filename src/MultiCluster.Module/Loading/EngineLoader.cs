using System.Runtime.Loader;

namespace MultiCluster.Module.Loading;

/// <summary>Answers the module assembly's request for the engine, and nobody's request for anything else.</summary>
internal static class EngineLoader
{
    private static readonly Lock Gate = new();
    private static bool _installed;

    /// <summary>
    /// Puts the answer in place, once per process. It stays when the module is removed: other runspaces may use the module,
    /// and objects of the engine outlive it in variables. It is in place when this returns, in whichever of several runspaces.
    /// </summary>
    internal static void Install()
    {
        lock (Gate)
        {
            if (_installed)
                return;
            Answer();
            _installed = true;
        }
    }

    private static void Answer()
    {
        var module = typeof(EngineLoader).Assembly;
        var version = module.GetName().Version;
        var dependencies = Path.Combine(Path.GetDirectoryName(module.Location)!, "Dependencies");
        var context = new Lazy<EngineLoadContext>(() => new EngineLoadContext(dependencies, RuntimePlatform.Current));

        // Only the engine of this very version: a request for YamlDotNet in the module assembly's context is never ours.
        AssemblyLoadContext.GetLoadContext(module)!.Resolving += (_, name) =>
            name.Name == EngineLoadContext.EngineName && name.Version == version ? context.Value.LoadFromAssemblyName(name) : null;
    }
}
