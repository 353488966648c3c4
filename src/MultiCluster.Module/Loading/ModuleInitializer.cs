using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace MultiCluster.Module.Loading;

/// <summary>
/// What PowerShell calls when the module is imported into a runspace and when it is removed from one.
/// PowerShell lays out all exported types before it calls <see cref="OnImport"/>, and reads their attributes after it:
/// no exported type may derive from, implement, or hold in a field a value type of the engine, which is out of reach until then.
/// </summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <summary>The module is being removed from a runspace.</summary>
    internal static event Action<Runspace>? Removed;

    /// <inheritdoc/>
    public void OnImport()
    {
        EngineLoader.Install();
        TypeNames.Import(Runspace.DefaultRunspace);
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        Removed?.Invoke(Runspace.DefaultRunspace);
        TypeNames.Remove(Runspace.DefaultRunspace);
    }
}
