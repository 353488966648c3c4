using System.Management.Automation;
using MultiCluster.Logs;
using MultiCluster.Objects.Json;

namespace MultiCluster.Module.Views;

/// <summary>How Get-KubeLog hands out a line: plain, with its time in the table, with its JSON fields as properties, or its text alone.</summary>
internal sealed class LogLineShape(bool timestamps, bool json, bool raw)
{
    /// <summary>The type name for the table that shows times.</summary>
    private const string WithTime = "MultiCluster.Logs.KubeLogLine#Timestamps";

    /// <summary>The line as it is written.</summary>
    internal object Of(KubeLogLine line)
    {
        if (raw)
            return line.Line;
        if (!timestamps && !json)
            return line;
        var shown = new PSObject(line);
        if (timestamps)
            shown.TypeNames.Insert(0, WithTime);
        if (json && line.Json is { } fields)
            AddFields(shown, fields);
        return shown;
    }

    private static void AddFields(PSObject shown, KubeMap fields)
    {
        shown.AddFirstColumns();
        foreach (var (name, value) in fields)
            shown.AddField(name, value);
    }
}
