using System.Collections;
using System.Management.Automation;
using MultiCluster.Faults;
using MultiCluster.Objects.Json;
using MultiCluster.Objects.Yaml;

namespace MultiCluster.Module.Pipeline;

/// <summary>Tables, lists and values without PowerShell's wrapping; a custom object becomes a table. Members keep their order.</summary>
internal static class PlainValues
{
    /// <exception cref="FaultException">Invalid: it is nested too deep to be data.</exception>
    public static IDictionary Of(IDictionary table) => Of(table, 0);

    /// <summary>The value; what a cluster answered is plain as it is.</summary>
    /// <exception cref="FaultException">Invalid: it is nested too deep to be data.</exception>
    public static object? Of(object? value) => Of(value, 0);

    private static Dictionary<object, object?> Of(IDictionary table, int depth)
    {
        var plain = new Dictionary<object, object?>();
        foreach (DictionaryEntry entry in table)
            plain[entry.Key] = Of(entry.Value, depth + 1);
        return plain;
    }

    private static object? Of(object? value, int depth)
    {
        if (depth > YamlTree.MaxDepth)
            throw new FaultException(FaultPhase.Invalid, $"the value is nested deeper than {YamlTree.MaxDepth} levels", "Check whether it contains itself.");
        var inner = TargetValues.Unwrap(value);
        return inner switch
        {
            PSObject custom => custom.Properties.ToDictionary(static member => (object)member.Name, member => Of(member.Value, depth + 1)),
            KubeMap or KubeList => inner,
            IDictionary table => Of(table, depth),
            object?[] list => list.Select(item => Of(item, depth + 1)).ToArray(),
            IList and not Array => ((IList)inner).Cast<object?>().Select(item => Of(item, depth + 1)).ToArray(),
            _ => inner,
        };
    }
}
