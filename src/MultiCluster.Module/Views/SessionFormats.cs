using System.Management.Automation;
using System.Management.Automation.Runspaces;
using MultiCluster.Terminal;

namespace MultiCluster.Module.Views;

/// <summary>Views that are made while a session runs, of what is known only then.</summary>
internal static class SessionFormats
{
    /// <summary>Gives the runspace the views of a type, in place of those that it had.</summary>
    public static void Put(ExtendedTypeDefinition definition)
    {
        // Runspace.InitialSessionState holds what Update-FormatData builds the runspace's views from.
        if (Runspace.DefaultRunspace?.InitialSessionState is not { } state)
            return;
        for (var i = state.Formats.Count - 1; i >= 0; i--)
        {
            if (state.Formats[i].FormatData?.TypeNames.Contains(definition.TypeName) is true)
                state.Formats.RemoveItem(i);
        }

        state.Formats.Add(new SessionStateFormatEntry(definition));
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand("Microsoft.PowerShell.Utility\\Update-FormatData").Invoke();
    }

    /// <summary>Adds a column whose cells a script reads.</summary>
    public static void Add(this TableControl table, TableControlRow row, string label, string cell, Alignment alignment = Alignment.Left)
    {
        table.Headers.Add(new TableControlColumnHeader(TerminalText.VisibleLine(label), 0, alignment));
        row.Columns.Add(new TableControlColumn(alignment, new DisplayEntry(cell, DisplayEntryValueType.ScriptBlock)));
    }
}
