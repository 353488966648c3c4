using MultiCluster.FanOut;
using MultiCluster.Module.Loading;

namespace MultiCluster.Module.Tests.Loading;

public sealed class ModuleAssemblyTests
{
    [Fact]
    public void It_needs_nothing_but_PowerShell_and_the_engine_beside_the_framework()
    {
        var foreign = typeof(ModuleInitializer).Assembly.GetReferencedAssemblies()
            .Select(name => name.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal) && name is not "MultiCluster");

        // A library that the module assembly names itself would load in the session's context, where another version may be.
        Assert.Empty(foreign);
    }

    [Fact]
    public void No_exported_type_needs_the_engine_before_the_import_has_made_it_reachable()
    {
        var engine = typeof(FanOutRun).Assembly;
        var needy = typeof(ModuleInitializer).Assembly.GetExportedTypes().Where(type => Laid(type).Any(part => part.Assembly == engine));

        Assert.Empty(needy);
    }

    /// <summary>What the runtime loads in order to lay a type out: its bases, its interfaces, its fields' value types.</summary>
    private static IEnumerable<Type> Laid(Type type)
    {
        const System.Reflection.BindingFlags Own = System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Static
            | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.DeclaredOnly;
        var values = type.GetFields(Own).Select(field => field.FieldType).Where(field => field.IsValueType);
        IEnumerable<Type> parts = [.. type.GetInterfaces(), .. values, .. type.BaseType is { } parent ? (Type[])[parent] : []];
        return parts.SelectMany(part => part.IsGenericType ? [part, .. part.GetGenericArguments()] : (Type[])[part]);
    }
}
