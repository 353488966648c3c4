using System.Collections;
using System.Management.Automation;
using MultiCluster.Module.Pipeline;

namespace MultiCluster.Module.Commands.Typed;

/// <summary>Tables, lists and values without PowerShell's wrapping; a custom object becomes a table.</summary>
internal static class PlainValues
{
    public static IDictionary Of(IDictionary table)
    {
        var plain = new Dictionary<object, object?>();
        foreach (DictionaryEntry entry in table)
            plain[entry.Key] = Of(entry.Value);
        return plain;
    }

    private static object? Of(object? value) => TargetValues.Unwrap(value) switch
    {
        PSObject custom => custom.Properties.ToDictionary(static member => (object)member.Name, static member => Of(member.Value)),
        IDictionary table => Of(table),
        object?[] list => list.Select(Of).ToArray(),
        ArrayList list => list.Cast<object?>().Select(Of).ToArray(),
        var plain => plain,
    };
}
