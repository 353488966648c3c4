using System.Collections.Frozen;
using System.Management.Automation;

namespace MultiCluster.Module.Views;

/// <summary>Fields that servers and containers name, as properties.</summary>
internal static class ServerFields
{
    /// <summary>Names that PowerShell refuses, or gives a meaning of its own.</summary>
    private static readonly FrozenSet<string> Reserved = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "", "psobject", "psbase", "psadapted", "psextended", "PSTypeNames", "PSStandardMembers");

    /// <summary>Adds a field unless there is a property or a method of its name: it takes the place of none.</summary>
    public static void AddField(this PSObject shown, string name, object? value)
    {
        if (!Reserved.Contains(name) && shown.Members[name] is null)
            shown.Properties.Add(new PSNoteProperty(name, value));
    }
}
