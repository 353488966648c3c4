using System.Management.Automation;
using MultiCluster.Logs;
using MultiCluster.Resources.Json;

namespace MultiCluster.Module.Views;

/// <summary>How Get-KubeLog hands out a line: plain, with its time in the table, or with its JSON fields as properties.</summary>
internal sealed class LogLineShape(bool timestamps, bool json)
{
    /// <summary>The type name for the table that shows times.</summary>
    private const string WithTime = "MultiCluster.Logs.KubeLogLine#Timestamps";

    /// <summary>The line as it is written.</summary>
    internal object Of(KubeLogLine line)
    {
        if (!timestamps && !json)
            return line;
        var shown = new PSObject(line);
        if (timestamps)
            shown.TypeNames.Insert(0, WithTime);
        if (json && line.Json is { } fields)
            AddFields(shown, fields);
        return shown;
    }

    /// <summary>A field that has the name of one of the line's own properties is reached through Json alone.</summary>
    private static void AddFields(PSObject shown, KubeMap fields)
    {
        foreach (var (name, value) in fields)
        {
            if (name.Length > 0 && shown.Properties[name] is null)
                shown.Properties.Add(new PSNoteProperty(name, value));
        }
    }
}
