using System.Collections.Frozen;
using System.Management.Automation;

namespace MultiCluster.Module.Views;

/// <summary>Fields that servers and containers name, as properties.</summary>
internal static class ServerFields
{
    /// <summary>Names that PowerShell refuses, or gives a meaning of its own.</summary>
    private static readonly FrozenSet<string> Reserved = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "", "psobject", "psbase", "psadapted", "psextended", "PSTypeNames", "PSStandardMembers");

    private static readonly string[] FirstColumns =
        [nameof(Views.FirstColumns.ClusterName), nameof(Views.FirstColumns.ClusterId), nameof(Views.FirstColumns.Namespace), nameof(Views.FirstColumns.Name)];

    /// <summary>
    /// Has the row begin with what says which it is, as FirstColumns has it: PowerShell lists the fields that are added before what the types
    /// file declares, and this before them.
    /// </summary>
    public static void AddFirstColumns(this PSObject shown)
    {
        foreach (var name in FirstColumns)
        {
            if (shown.Properties[name] is { } property)
                shown.Properties.Add(new PSNoteProperty(name, property.Value), preValidated: true);
        }
    }

    /// <summary>Adds a field unless there is a property or a method of its name: it takes the place of none.</summary>
    public static void AddField(this PSObject shown, string name, object? value)
    {
        if (!Reserved.Contains(name) && shown.Members[name] is null)
            shown.Properties.Add(new PSNoteProperty(name, value));
    }
}
