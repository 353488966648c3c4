using System.Globalization;
using System.Management.Automation;

namespace MultiCluster.Module.Views;

/// <summary>
/// What the types file calls to read an age in other units than its own property, also of one that came back from a file: properties of the
/// class would stand in every object's JSON.
/// </summary>
public static class AgeUnits
{
    /// <summary>The age in days.</summary>
    public static double TotalDays(PSObject instance) => Seconds(instance) / 86400;

    /// <summary>The age in hours.</summary>
    public static double TotalHours(PSObject instance) => Seconds(instance) / 3600;

    /// <summary>The age in minutes.</summary>
    public static double TotalMinutes(PSObject instance) => Seconds(instance) / 60;

    private static double Seconds(PSObject instance) =>
        Convert.ToDouble(instance?.Properties["TotalSeconds"]?.Value, CultureInfo.InvariantCulture);
}
