using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using MultiCluster.Objects;

namespace MultiCluster.Module.Loading;

/// <summary>
/// Makes the engine's types known to PowerShell by their full names: <c>[MultiCluster.Objects.KubePod]</c>. PowerShell looks in no private
/// load context, so that each is a type accelerator. These are the process's: they stay as long as one runspace has the module.
/// </summary>
internal static class TypeNames
{
    /// <summary>What is left out: naming one of its types would load KubernetesClient, which nothing needs before the first typed use.</summary>
    private const string Typed = "MultiCluster.Typed";

    private static readonly Lock Gate = new();
    private static readonly HashSet<Guid> Runspaces = [];
    private static readonly Type? Accelerators = typeof(PSObject).Assembly.GetType("System.Management.Automation.TypeAccelerators");

    /// <summary>The module has been imported into a runspace.</summary>
    public static void Import(Runspace? runspace)
    {
        lock (Gate)
        {
            var isFirst = Runspaces.Count == 0;
            if (!Runspaces.Add(runspace?.InstanceId ?? Guid.Empty))
                return;
            if (runspace is not null)
                runspace.StateChanged += OnStateChanged;
            if (isFirst)
                Change(static (known, name, type) => known.Contains(name) ? null : "Add");
        }
    }

    /// <summary>The module has been removed from a runspace, or that has closed.</summary>
    public static void Remove(Runspace? runspace)
    {
        lock (Gate)
        {
            if (!Runspaces.Remove(runspace?.InstanceId ?? Guid.Empty))
                return;
            if (runspace is not null)
                runspace.StateChanged -= OnStateChanged;
            if (Runspaces.Count == 0)
                Change(static (known, name, type) => ReferenceEquals(known[name], type) ? "Remove" : null);
        }
    }

    private static void OnStateChanged(object? sender, RunspaceStateEventArgs e)
    {
        if (sender is Runspace runspace && e.RunspaceStateInfo.State is RunspaceState.Closed or RunspaceState.Broken)
            Remove(runspace);
    }

    /// <summary>Another's accelerator of the same name stays as it is. PowerShell reads under a lock, and does not take it when it writes.</summary>
    private static void Change(Func<IDictionary, string, Type, string?> methodOf)
    {
        const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        if (Accelerators?.GetField("userTypeAccelerators", Static)?.GetValue(null) is not IDictionary known)
            return;
        lock (known)
        {
            foreach (var (name, type) in Exported())
            {
                if (methodOf(known, name, type) is not { } method)
                    continue;
                Accelerators.GetMethod(method)?.Invoke(null, method == "Add" ? [name, type] : [name]);
            }
        }
    }

    /// <summary>Read from the metadata: the runtime would load every type to say which are public.</summary>
    private static List<(string Name, Type Type)> Exported()
    {
        var found = new List<(string, Type)>();
        var engine = typeof(KubeObject).Assembly;
        using var file = new PEReader(File.OpenRead(engine.Location));
        var reader = file.GetMetadataReader();
        foreach (var handle in reader.TypeDefinitions)
        {
            var definition = reader.GetTypeDefinition(handle);
            if ((definition.Attributes & TypeAttributes.VisibilityMask) != TypeAttributes.Public || definition.GetGenericParameters().Count > 0)
                continue;
            var place = reader.GetString(definition.Namespace);
            if (place == Typed || place.StartsWith($"{Typed}.", StringComparison.Ordinal))
                continue;
            var name = $"{place}.{reader.GetString(definition.Name)}";
            if (engine.GetType(name) is { } type)
                found.Add((name, type));
        }

        return found;
    }
}
